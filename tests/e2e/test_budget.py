"""What a run may spend, and what all runs of a day may, from the command line."""

import json

import pytest

STATEMENT = "Write a function `double(x)`.\n\ndouble(2) -> 4\ndouble(5) -> 10\n"
WRONG = "```python\ndef double(x):\n    return 4\n```"
NO_FINDINGS = json.dumps({"findings": [], "recommendations": [], "coverage_gaps": []})


@pytest.fixture
def solve(seenred, monkeypatch):
    """`seenred solve` whose every reply is wrong and took 2400 tokens, with these settings."""
    monkeypatch.setenv("XDG_STATE_HOME", str(seenred.folder / "state"))
    seenred.write("p.txt", STATEMENT)
    replies = [WRONG, NO_FINDINGS] * 9
    model = seenred.script(*({"text": text, "reply_tokens": 2400} for text in replies))

    def solved(settings, *options):
        seenred.write("seenred.toml", f"[budget]\n{settings}\n")
        return seenred("solve", "p.txt", "--model", model, "--candidates", "1", *options)

    return solved


def test_a_run_that_reached_its_limit_keeps_its_best_version_and_says_which_limit(solve, seenred):
    done = solve("", "--max-tokens", "4850")
    assert done.returncode == 4, done.stderr
    assert (seenred.folder / "output/solution_final.py").is_file()
    report = seenred.report()
    assert report["stopped"] == "the budget is spent"
    assert "of 4850 tokens" in report["failure"]
    assert report["failure"] in seenred.read("output/report.md")
    assert report["usage"]["tokens"] <= 4850


def test_what_a_day_allows_is_counted_over_all_runs(solve, seenred):
    assert solve("daily_tokens = 5000").returncode == 4
    first = seenred.report()["usage"]["tokens"]
    done = solve("daily_tokens = 5000")
    assert done.returncode == 4, done.stderr
    assert "The budget of the day is spent: " in done.stderr
    assert first + seenred.report("output-2")["usage"]["tokens"] <= 5000
    assert solve("daily_tokens = 5000", "--max-tokens", "100000").returncode == 4
    assert solve("").returncode == 1


def test_where_no_day_is_limited_nothing_is_kept(solve, seenred):
    solve("")
    assert not (seenred.folder / "state").exists()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("daily_tokens = 0", "budget.daily_tokens: should be greater than or equal to 1"),
        ("daily_cost = -1", "budget.daily_cost: should be greater than or equal to 0"),
        ("daily_seconds = 'a day'", "budget.daily_seconds: should be a valid number"),
        ("daily_iterations = 1.5", "budget.daily_iterations: should be a valid integer"),
        ("daily_token = 5", "budget.daily_token: unknown; did you mean budget.daily_tokens?"),
    ],
)
def test_a_limit_that_cannot_be_used_is_said(solve, settings, told):
    done = solve(settings)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--max-tokens", "0", "'0' should be a whole number of at least 1, such as 200000."),
        ("--max-tokens", "many", "'many' should be a whole number of at least 1, such as 200000."),
        ("--max-tokens", "1.5", "'1.5' should be a whole number of at least 1, such as 200000."),
        ("--max-seconds", "nan", "'nan' should be a number of at least 0.1, such as 1800."),
        ("--max-seconds", "0", "'0' should be a number of at least 0.1, such as 1800."),
        ("--max-cost", "inf", "'inf' should be a number of at least 0, such as 0.50."),
        ("--max-cost", "-1", "'-1' should be a number of at least 0, such as 0.50."),
    ],
)
def test_an_option_that_cannot_be_used_is_one_sentence(seenred, option, value, told):
    done = seenred("go", option, value)
    assert done.returncode == 2
    assert done.stderr == f"seenred: Invalid value for '{option}': {told}\n"


def test_an_account_that_cannot_be_kept_ends_the_run_before_anything_is_asked(solve, seenred):
    seenred.write("state", "in the way")
    done = solve("daily_tokens = 5000")
    assert done.returncode == 3
    assert "cannot be kept in" in done.stderr
    assert "Traceback" not in done.stderr
