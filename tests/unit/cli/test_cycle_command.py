"""What `go` is asked for, by settings and options."""

from pathlib import Path

import pytest

from seenred.cli.cycle_command import go_command, policy_from, protocol_from
from seenred.config.settings import Settings, load_settings
from seenred.domain.cycle import Minimality, Policy
from seenred.domain.file_protocol import FileProtocol, HouseLimits, ReviewMode
from seenred.engine.commands import GoCommand

OPTIONS = {
    "count": 1,
    "all_items": False,
    "dry_run": False,
    "python": None,
    "allow_loopback": False,
}


def _settings(tmp_path, **environ):
    (tmp_path / ".git").mkdir()
    return load_settings({}, tmp_path, {f"SEENRED_{key}": value for key, value in environ.items()})


def test_the_defaults_of_the_settings_are_those_of_the_engine():
    asked = go_command(Path(), Settings(), OPTIONS, attended=False)
    assert GoCommand(folder=Path()) == asked
    assert Policy() == asked.policy
    assert FileProtocol() == asked.protocol


def test_all_has_no_count():
    options = OPTIONS | {"all_items": True}
    assert go_command(Path(), Settings(), options, attended=False).count is None


def test_what_is_set_arrives(tmp_path):
    settings = _settings(
        tmp_path,
        GO__PLAN="docs/list.md",
        GO__MINIMALITY="strict",
        GO__SUBJECTS="beck",
        GO__CODE_ATTEMPTS="3",
        GO__REFACTORING="no",
        WORKTREE__COPY="data/x.bin",
        BUDGET__MAX_TOKENS="900",
    )
    asked = go_command(tmp_path, settings, OPTIONS | {"dry_run": True}, attended=True)
    assert ("docs/list.md", True, True, True) == (
        asked.plan,
        asked.beck,
        asked.attended,
        asked.dry_run,
    )
    assert Policy(codes=3, minimality=Minimality.STRICT, refactoring=False) == policy_from(settings)
    assert (("data/x.bin",), 900) == (asked.copy, asked.budget.max_tokens)


@pytest.mark.parametrize(
    ("model", "reviewer", "mode"),
    [
        ("local", "", ReviewMode.OFF),
        ("local:qwen2.5-coder-0.5b", "", ReviewMode.OFF),
        ("anthropic:claude-sonnet-4-5", "", ReviewMode.ADVISORY),
        ("local", "openai:gpt-5", ReviewMode.ADVISORY),
        ("openai:gpt-5", "local", ReviewMode.OFF),
    ],
)
def test_by_default_a_model_on_this_machine_reviews_nothing(tmp_path, model, reviewer, mode):
    settings = _settings(tmp_path, MODEL=model, PROTOCOL__REVIEWER=reviewer)
    assert mode is protocol_from(settings).review


def test_a_review_that_is_asked_for_is_made_by_any_model(tmp_path):
    settings = _settings(tmp_path, GO__REVIEW="required")
    assert ReviewMode.REQUIRED is protocol_from(settings).review


def test_house_limits_hold_once_they_are_enabled(tmp_path):
    settings = _settings(tmp_path, LIMITS__ENABLED="yes", LIMITS__FUNCTION="30")
    assert HouseLimits(function=30) == protocol_from(settings).limits
