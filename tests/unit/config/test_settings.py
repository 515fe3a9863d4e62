"""Which source wins, and what is said of settings that cannot be used."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import seenred
from seenred.config.settings import Settings, load_settings
from seenred.errors import ExitCode, UsageError

SECRET = "sk-do-not-show-this"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of its own: nothing above it is read."""
    (tmp_path / ".git").mkdir()
    return tmp_path


def load(folder: Path, overrides: Mapping[str, Any] | None = None, **environ: str) -> Settings:
    return load_settings(overrides or {}, folder, environ)


def refusal(folder: Path, overrides: Mapping[str, Any] | None = None, **environ: str) -> str:
    with pytest.raises(UsageError) as caught:
        load(folder, overrides, **environ)
    assert "settings-invalid" == caught.value.code
    assert ExitCode.USAGE == caught.value.exit_code
    return caught.value.message


def test_defaults_hold_where_nothing_is_said(folder: Path) -> None:
    settings = load(folder)
    assert "local" == settings.model.name
    assert settings.model.path is None
    assert "high" == settings.model.reasoning
    assert 8 == settings.run.candidates
    assert 5 == settings.run.max_iterations
    assert Path("output") == settings.run.output
    assert settings.budget.max_tokens is None
    assert settings.sandbox.enabled
    assert {} == settings.workflows


@pytest.mark.parametrize(
    ("sources", "candidates"),
    [
        ("command line, environment, .env, file", 1),
        ("environment, .env, file", 2),
        (".env, file", 3),
        ("file", 6),
        ("", 8),
    ],
)
def test_the_stronger_source_wins(folder: Path, sources: str, candidates: int) -> None:
    overrides: dict[str, Any] = {}
    environ: dict[str, str] = {}
    if "command line" in sources:
        overrides["run.candidates"] = 1
    if "environment" in sources:
        environ["SEENRED_RUN__CANDIDATES"] = "2"
    if ".env" in sources:
        (folder / ".env").write_text("SEENRED_RUN__CANDIDATES=3\n")
    if "file" in sources:
        (folder / "seenred.toml").write_text("[run]\ncandidates = 6\n")
    assert candidates == load(folder, overrides, **environ).run.candidates


def test_sources_are_merged_key_by_key(folder: Path) -> None:
    (folder / "seenred.toml").write_text("[run]\ncandidates = 6\nmax_iterations = 2\n")
    run = load(folder, SEENRED_RUN__CANDIDATES="7").run
    assert (7, 2) == (run.candidates, run.max_iterations)


def test_an_option_that_was_not_given_overrides_nothing(folder: Path) -> None:
    settings = load(folder, {"run.candidates": None}, SEENRED_RUN__CANDIDATES="2")
    assert 2 == settings.run.candidates


def test_an_empty_variable_counts_as_unset(folder: Path) -> None:
    assert load(folder, SEENRED_BUDGET__MAX_TOKENS="").budget.max_tokens is None


def test_overrides_may_be_nested(folder: Path) -> None:
    assert 3 == load(folder, {"run": {"candidates": 3}}).run.candidates


def test_pyproject_is_read_where_no_seenred_toml_is(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.seenred.run]\ncandidates = 8\n")
    assert 8 == load(folder).run.candidates


def test_seenred_toml_wins_over_pyproject(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.seenred.run]\ncandidates = 8\n")
    (folder / "seenred.toml").write_text("[run]\ncandidates = 9\n")
    assert 9 == load(folder).run.candidates


def test_the_files_are_found_from_a_folder_below(folder: Path) -> None:
    below = folder / "src" / "deep"
    below.mkdir(parents=True)
    (folder / "src" / "pyproject.toml").write_text("[project]\nname = 'part'\n")
    (folder / "seenred.toml").write_text("[run]\ncandidates = 9\n")
    (folder / ".env").write_text("SEENRED_RUN__MAX_ITERATIONS=1\n")
    run = load(below).run
    assert (9, 1) == (run.candidates, run.max_iterations)


def test_nothing_above_the_repository_is_read(folder: Path) -> None:
    inner = folder / "inner"
    (inner / ".git").mkdir(parents=True)
    (folder / "seenred.toml").write_text("[run]\ncandidates = 9\n")
    assert 8 == load(inner).run.candidates


def test_a_path_in_a_file_is_relative_to_that_file(folder: Path) -> None:
    below = folder / "below"
    below.mkdir()
    (folder / "seenred.toml").write_text("[model]\npath = 'models/own.gguf'\n")
    assert folder / "models" / "own.gguf" == load(below).model.path


def test_a_path_from_the_command_line_is_left_as_it_was_typed(folder: Path) -> None:
    assert Path("there") == load(folder, {"run.output": "there"}).run.output


@pytest.mark.parametrize("variable", ["SEENRED_MODEL_PATH", "SEENRED_MODEL__PATH"])
def test_a_model_file_can_be_named_by_variable(folder: Path, variable: str) -> None:
    assert Path("/m/own.gguf") == load(folder, **{variable: "/m/own.gguf"}).model.path


def test_seenred_model_is_short_for_its_name(folder: Path) -> None:
    assert "openai:gpt-5" == load(folder, SEENRED_MODEL="openai:gpt-5").model.name


def test_variables_of_others_are_left_alone(folder: Path) -> None:
    (folder / ".env").write_text("DATABASE_URL=x\n")
    assert Settings() == load(folder, HOME="/h", SEENRED="1")


def test_workflows_stay_as_they_were_written(folder: Path) -> None:
    (folder / "seenred.toml").write_text("[workflows.quick]\nsteps = ['solve', 'review']\n")
    assert {"quick": {"steps": ["solve", "review"]}} == load(folder).workflows


def test_a_workflow_may_have_a_dot_in_its_name(folder: Path) -> None:
    (folder / "seenred.toml").write_text("[workflows.'v1.2']\nsteps = []\n")
    assert {"v1.2": {"steps": []}} == load(folder).workflows


def test_all_errors_come_at_once_each_with_its_place(folder: Path) -> None:
    (folder / "seenred.toml").write_text("[model]\nreasoning = 'much'\n[run]\ncandidates = 0\n")
    (folder / ".env").write_text("SEENRED_BUDGET__MAX_COST=cheap\n")
    message = refusal(folder, {"run.max_iterations": -1}, SEENRED_SANDBOX__ENABLED="perhaps")
    for expected in [
        f"{folder / 'seenred.toml'}: model.reasoning",
        f"{folder / 'seenred.toml'}: run.candidates",
        f"{folder / '.env'}: SEENRED_BUDGET__MAX_COST",
        "command line: run.max_iterations",
        "environment: SEENRED_SANDBOX__ENABLED",
    ]:
        assert expected in message
    assert 5 == message.count("\n  ")


def test_the_message_says_what_is_allowed(folder: Path) -> None:
    message = refusal(folder, {"model.reasoning": "much", "run.candidates": 0})
    assert "'off', 'low', 'medium', 'high' or 'max'" in message
    assert "greater than or equal to 1" in message


def test_a_cycle_is_careful_by_default(folder: Path) -> None:
    settings = load(folder)
    go, protocol = settings.go, settings.protocol
    assert (None, "auto", "report", "conventional") == (
        go.plan,
        go.review,
        go.minimality,
        go.subjects,
    )
    assert (4, 8, 2, 1) == (
        go.test_attempts,
        go.code_attempts,
        go.structure_attempts,
        go.restarts,
    )
    assert go.refactoring
    assert () == settings.worktree.copy_
    assert (None, 2, False) == (protocol.reviewer, protocol.review_rounds, protocol.test_lint)
    assert {} == protocol.checks


def test_the_house_limits_are_off_until_they_are_switched_on(folder: Path) -> None:
    limits = load(folder).limits
    assert not limits.enabled
    assert (50, 10, 4, 100, 500) == (
        limits.function,
        limits.complexity,
        limits.nesting,
        limits.line,
        limits.file,
    )
    assert load(folder, SEENRED_LIMITS__ENABLED="true").limits.enabled


def test_checks_are_commands_for_a_kind_of_file(folder: Path) -> None:
    (folder / "seenred.toml").write_text(
        "[protocol.checks]\npython = ['ruff check', 'mypy']\nrust = []\n"
    )
    assert {"python": ("ruff check", "mypy"), "rust": ()} == load(folder).protocol.checks


def test_checks_for_an_unknown_kind_of_file_are_refused(folder: Path) -> None:
    (folder / "seenred.toml").write_text("[protocol.checks]\npyton = ['ruff check']\n")
    message = refusal(folder)
    assert "protocol.checks.pyton: should be 'python' or 'rust'" in message


def test_a_list_in_a_variable_is_separated_by_commas(folder: Path) -> None:
    settings = load(folder, SEENRED_WORKTREE__COPY="data/big.bin, .env")
    assert ("data/big.bin", ".env") == settings.worktree.copy_


def test_what_is_copied_is_written_as_a_list(folder: Path) -> None:
    (folder / "seenred.toml").write_text("[worktree]\ncopy = ['a,b.bin']\n")
    assert ("a,b.bin",) == load(folder).worktree.copy_


@pytest.mark.parametrize("path", ["/etc/passwd", "../other", "a/../../b", "~/x", ""])
def test_a_path_outside_the_repository_is_refused(folder: Path, path: str) -> None:
    (folder / "seenred.toml").write_text(f"[go]\nplan = '{path}'\n[worktree]\ncopy = ['{path}']\n")
    message = refusal(folder)
    assert "go.plan: should be a path inside the repository, such as docs/PLAN.md" in message
    assert "worktree.copy.0: should be a path inside the repository" in message


@pytest.mark.parametrize(
    ("written", "suggested"),
    [
        ("[run]\ncandidate = 3\n", "run.candidates"),
        ("[modle]\nname = 'local'\n", "model"),
        ("max_tokens = 3\n", "budget.max_tokens"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_one(
    folder: Path, written: str, suggested: str
) -> None:
    (folder / "seenred.toml").write_text(written)
    assert f"did you mean {suggested}?" in refusal(folder)


def test_an_unknown_variable_is_refused_with_the_nearest_one(folder: Path) -> None:
    message = refusal(folder, SEENRED_RUN__CANDIDTES="3")
    assert "environment: SEENRED_RUN__CANDIDTES" in message
    assert "did you mean SEENRED_RUN__CANDIDATES?" in message


def test_a_key_near_to_nothing_gets_no_suggestion(folder: Path) -> None:
    (folder / "seenred.toml").write_text("[zebra]\nx = 1\n")
    message = refusal(folder)
    assert "zebra: unknown" in message
    assert "did you mean" not in message


def test_a_value_in_the_place_of_a_section_is_refused(folder: Path) -> None:
    message = refusal(folder, SEENRED_RUN="fast", SEENRED_RUN__CANDIDATES="2")
    assert "environment: SEENRED_RUN: is a section" in message


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("seenred.toml", "[sandbox]\nenabled = false\n"),
        ("pyproject.toml", "[tool.seenred.sandbox]\nenabled = 0\n"),
        (".env", "SEENRED_SANDBOX__ENABLED=no\n"),
    ],
)
def test_a_file_of_the_project_cannot_switch_the_sandbox_off(
    folder: Path, name: str, written: str
) -> None:
    (folder / name).write_text(written)
    message = refusal(folder)
    assert f"{folder / name}" in message
    assert "only the command line or the environment may switch the sandbox off" in message


def test_the_user_can_switch_the_sandbox_off(folder: Path) -> None:
    assert not load(folder, {"sandbox.enabled": False}).sandbox.enabled
    assert not load(folder, SEENRED_SANDBOX__ENABLED="false").sandbox.enabled


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("seenred.toml", '[database]\nurl = "postgresql://thief:pass-word@elsewhere/"\n'),
        (".env", "SEENRED_DATABASE__URL=postgresql://thief:pass-word@elsewhere/\n"),
    ],
)
def test_a_file_of_the_project_cannot_say_where_runs_are_recorded(
    folder: Path, name: str, written: str
) -> None:
    (folder / name).write_text(written)
    message = refusal(folder)
    assert f"{folder / name}" in message
    assert "may say where prompts and code are recorded" in message
    assert "pass-word" not in message


def test_the_password_of_a_database_is_never_shown(folder: Path) -> None:
    settings = load(folder, SEENRED_DATABASE__URL="postgresql://me:pass-word@there/runs")
    assert settings.database.url is not None
    assert "postgresql://me:pass-word@there/runs" == settings.database.url.get_secret_value()
    assert "pass-word" not in f"{settings!r}{settings.model_dump_json()}"


def test_a_file_may_say_that_the_sandbox_is_on(folder: Path) -> None:
    (folder / "seenred.toml").write_text("[sandbox]\nenabled = true\n")
    (folder / ".env").write_text("SEENRED_SANDBOX__ENABLED=true\n")
    assert load(folder).sandbox.enabled


def test_bad_toml_is_reported_with_its_line_and_with_the_other_errors(folder: Path) -> None:
    (folder / "seenred.toml").write_text("[run]\ncandidates = \n")
    message = refusal(folder, SEENRED_RUN__CANDIDATES="0")
    assert f"{folder / 'seenred.toml'}: not TOML" in message
    assert "line 2" in message
    assert "SEENRED_RUN__CANDIDATES" in message


def test_a_file_that_is_not_utf8_is_refused(folder: Path) -> None:
    (folder / "seenred.toml").write_bytes(b"model = '\xff'\n")
    assert "not UTF-8" in refusal(folder)


def test_a_pyproject_whose_toml_is_bad_is_refused(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.seenred\n")
    assert "pyproject.toml: not TOML" in refusal(folder)


def test_a_secret_is_in_no_text(folder: Path) -> None:
    settings = load(folder, SEENRED_MODEL__API_KEY=SECRET)
    assert settings.model.api_key is not None
    assert SECRET == settings.model.api_key.get_secret_value()
    assert SECRET not in f"{settings} {settings!r} {settings.model_dump_json()}"


def test_where_the_record_of_runs_lies_is_no_setting(folder):
    assert load(folder, SEENRED_DATA="/somewhere").run.candidates == 8


@pytest.mark.parametrize(
    "variable", ["SEENRED_RUN__CANDIDATES", "SEENRED_MODEL__API_KYE", "SEENRED_MODEL__TIMEOUT"]
)
def test_no_error_shows_the_value_it_is_about(folder: Path, variable: str) -> None:
    assert SECRET not in refusal(folder, **{variable: SECRET})


def test_settings_cannot_be_changed_afterwards(folder: Path) -> None:
    with pytest.raises(ValueError, match="frozen"):
        load(folder).run.candidates = 9  # type: ignore[misc]


def test_reading_settings_loads_no_model_library() -> None:
    source = (
        "import sys, seenred.config.settings;"
        "print(sorted({'xllamacpp', 'pydantic_ai', 'rich'} & set(sys.modules)))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )
    assert "[]" == shown.stdout.strip()


def test_no_setting_does_nothing() -> None:
    root = Path(seenred.__file__).parent
    readers = [path for room in ("bootstrap", "cli") for path in (root / room).glob("*.py")]
    read = {
        node.attr
        for path in readers
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
    }
    tables = Settings().model_dump()
    keys = {key for name, table in tables.items() for key in (table or [name])}
    assert set() == keys - read


def test_each_setting_is_in_the_reference_with_its_default() -> None:
    page = Path(seenred.__file__).parents[2] / "docs" / "reference" / "settings.md"
    rows = dict(re.findall(r"^\| `([\w.]+)` \| (.*?) \|", page.read_text(), re.MULTILINE))
    plain = str | int | float | bool
    for section, table in Settings().model_dump(by_alias=True).items():
        for key, default in table.items():
            shown = rows.pop(f"{section}.{key}")
            written = json.dumps(default, default=str).removesuffix(".0")
            assert not isinstance(default, plain) or f"`{written}`" == shown
