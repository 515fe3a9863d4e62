"""An attempt that is dropped for another one."""

from go_project import WRONG_ADD

from seenred.domain.cycle import Policy
from seenred.domain.cycle_event import Ending
from seenred.infrastructure.models.scripted import Line


def test_the_next_attempt_asks_for_other_samples_than_the_one_before(work):
    policy = Policy(codes=2, restarts=1)
    done = work.go(Line(WRONG_ADD, repeat=True), policy=policy)
    assert done.cycles[0].ending is Ending.ABANDONED
    assert any(note.startswith("Starting over: ") for note in work.notes)
    sampled = [(p.messages, p.temperature, p.seed) for p in work.model.prompts]
    assert len(sampled) == len(set(sampled))
    assert len(work.model.prompts) == 4
