"""A run that is killed at every step goes on to the same end, and pays no recorded call twice."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from survival import KILLED, MOMENTS, Killed

from seenred.bootstrap.data import Records, open_records
from seenred.domain.run import RunState

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> Killed:
    run = Killed(tmp_path_factory.mktemp("undisturbed"))
    assert run.process() == 0
    return run


def records(run: Killed, monkeypatch) -> Any:
    monkeypatch.setenv("SEENRED_DATA", str(run.folder / "data"))
    return open_records()


def only_run(opened: Records):
    (found,) = opened.runs.newest()
    return found


def artifacts(run: Killed) -> dict[str, Any]:
    """What the run left, without what clocks showed."""
    files = {path.name: path.read_text() for path in (run.folder / "output").iterdir()}
    files.pop("report.md")
    report = json.loads(files.pop("report.json"))
    for timed in (report, *report["versions"]):
        for name in ("seconds", "own_seconds", "measurement", "size"):
            timed.pop(name, None)
    return {**files, "report": report}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_killed_at_every_step_ends_as_if_nothing_had_been(
    tmp_path: Path, monkeypatch, undisturbed, moment
):
    run = Killed(tmp_path)
    assert run.process(moment) == KILLED
    with records(run, monkeypatch) as opened:
        identity = only_run(opened).id
    kills = 1
    # killed at the same step again and again it would get nowhere, so each second process lives
    # for one step longer
    while (ended := run.process("recorded" if kills % 2 else moment, identity)) == KILLED:
        kills += 1
        assert kills < 100
    assert ended == 0
    assert artifacts(undisturbed) == artifacts(run)
    assert kills > 15
    _nothing_is_left(run)
    with records(run, monkeypatch) as opened:
        found = only_run(opened)
        assert (RunState.DONE, "solved", 0) == (found.state, found.verdict, found.exit_code)
        events = [event.kind for event in opened.events.after(identity)]
        calls = opened.calls.of(identity)
    with records(undisturbed, monkeypatch) as opened:
        other = only_run(opened).id
        assert _told(opened.events.after(other)) == _told_of(events)
        assert [call.request for call in opened.calls.of(other)] == [call.request for call in calls]
    if moment == "recorded":
        assert set(Counter(run.requests()).values()) == {1}


def _told(events) -> Counter:
    return _told_of([event.kind for event in events])


def _told_of(kinds: list[str]) -> Counter:
    """How often each kind happened; how often a file was begun depends on the kills."""
    counted = Counter(kinds)
    for name in ("artifact-claimed", "text-arrived"):
        counted.pop(name, None)
    return counted


def _nothing_is_left(run: Killed) -> None:
    """No half-written file, no process on record that is none, no folder of a killed sandbox."""
    assert not list((run.folder / "output").glob(".*"))
    assert {"asked", "data", "output", "p.txt"} == {path.name for path in run.folder.iterdir()}
    assert not list((run.folder / "data" / "executors").iterdir())
