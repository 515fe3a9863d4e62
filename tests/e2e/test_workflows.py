"""Every workflow from the command line to the artifacts, with a scripted model."""

import json
import os
import signal
import subprocess
import sys

import pytest

STATEMENT = """Write a function `clamp(value, low, high)` that returns value, but at least low
and at most high. The limits are in order: low <= high.

clamp(5, 1, 3) -> 3
clamp(0, 1, 3) -> 1
clamp(2, 1, 3) -> 2
"""


def block(code: str) -> str:
    return f"Here you are:\n```python\n{code}```\n"


RIGHT = block("def clamp(value, low, high):\n    return max(low, min(value, high))\n")
OTHER = block(
    "def clamp(value, low, high):\n"
    "    floor = value if value < high else high\n"
    "    return floor if floor > low else low\n"
)
WRONG = block("def clamp(value, low, high):\n    return min(value, high)\n")
NO_FINDINGS = json.dumps({"findings": [], "recommendations": [], "coverage_gaps": []})


def test_a_right_solution_is_solved_with_all_artifacts(seenred):
    seenred.write("p.txt", STATEMENT)
    done = seenred("solve", "p.txt", "--model", seenred.script(RIGHT, OTHER, OTHER, NO_FINDINGS))
    assert done.returncode == 0, done.stderr
    assert {
        "solution_v1.py",
        "solution_v2.py",
        "test_results.txt",
        "fix_plan_1.md",
        "solution_final.py",
        "report.md",
        "report.json",
        "context.json",
    } <= {p.name for p in (seenred.folder / "output").iterdir()}
    report = seenred.report()
    assert (True, 1.0) == (report["solved"], report["versions"][0]["pass_rate"])


def test_a_wrong_solution_is_reviewed_and_fixed(seenred):
    seenred.write("p.txt", STATEMENT)
    model = seenred.script(WRONG, NO_FINDINGS, RIGHT, NO_FINDINGS)
    done = seenred("solve", "p.txt", "--model", model, "--candidates", "1")
    assert done.returncode == 0, done.stderr
    assert "solution-improver is left out: solution_v1.py fails a test" in done.stderr
    assert "[confirmed] example 2 fails" in seenred.read("output/fix_plan_1.md")
    assert "max(low" in seenred.read("output/solution_final.py")


def test_a_worse_version_is_rolled_back(seenred):
    seenred.write("p.txt", STATEMENT)
    model = seenred.script(RIGHT, WRONG, NO_FINDINGS)
    done = seenred("solve", "p.txt", "--model", model, "--candidates", "1")
    assert done.returncode == 0, done.stderr
    assert seenred.report()["best"] == "solution_v1.py"
    assert "max(low" in seenred.read("output/solution_final.py")


def test_a_run_that_cannot_solve_says_so(seenred):
    seenred.write("p.txt", STATEMENT)
    model = seenred.script(WRONG, NO_FINDINGS, "none", "none")
    done = seenred("solve", "p.txt", "--model", model, "--candidates", "1")
    assert done.returncode == 1
    assert "not solved: no progress" in done.stdout


def test_replies_without_code_end_the_run_with_its_report(seenred):
    seenred.write("p.txt", STATEMENT)
    refusal = {"text": "I would rather not.", "repeat": True, "reply_tokens": 5}
    model = seenred.script(refusal)
    done = seenred("solve", "p.txt", "--model", model, "--candidates", "2")
    assert done.returncode == 1
    assert "None of 2 replies" in done.stdout
    assert "--candidates" in done.stdout
    assert "Traceback" not in done.stderr
    report = seenred.report()
    assert (4, False, []) == (report["usage"]["calls"], report["solved"], report["versions"])
    assert "None of 2 replies" in seenred.read("output/report.md")


def test_an_agent_whose_replies_hold_no_code_says_so(seenred):
    seenred.write("p.txt", STATEMENT)
    model = seenred.script({"text": "I would rather not.", "repeat": True})
    done = seenred("use", "problem-solver", "on", "p.txt", "--model", model, "--candidates", "1")
    assert done.returncode == 1
    assert "None of 1 replies" in done.stderr


def test_a_spent_budget_keeps_what_is_there(seenred):
    seenred.write("p.txt", STATEMENT)
    reply = {"text": WRONG, "prompt_tokens": 900, "reply_tokens": 200}
    model = seenred.script(reply, reply)
    done = seenred("solve", "p.txt", "--model", model, "--candidates", "1", "--max-tokens", "1000")
    assert done.returncode == 4
    assert "budget is spent" in done.stderr
    assert (seenred.folder / "output/solution_final.py").is_file()


def test_earlier_results_are_never_overwritten(seenred):
    seenred.write("p.txt", STATEMENT)
    for _ in range(2):
        done = seenred(
            "solve", "p.txt", "--model", seenred.script(RIGHT, OTHER, OTHER, NO_FINDINGS)
        )
        assert done.returncode == 0, done.stderr
    assert "writing to output-2" in done.stderr
    assert seenred.report("output-2")["solved"]


def test_the_context_names_what_each_step_was_given(seenred):
    seenred.write("p.txt", STATEMENT)
    seenred("solve", "p.txt", "--model", seenred.script(RIGHT, OTHER, OTHER, NO_FINDINGS))
    steps = json.loads(seenred.read("output/context.json"))["steps"]
    assert steps[0]["inputs"][0]["name"] == "problem"
    assert len(steps[0]["inputs"][0]["sha256"]) == 64
    assert "version" in {i["name"] for i in steps[1]["inputs"]}


def test_competitive_leaves_a_validation_report(seenred):
    seenred.write("p.txt", STATEMENT)
    model = seenred.script(RIGHT, OTHER, OTHER, NO_FINDINGS)
    done = seenred("run", "competitive", "p.txt", "--model", model)
    assert done.returncode == 0, done.stderr
    assert seenred.read("output/validation_report.md").startswith("# Validation report")


def test_competitive_validates_against_the_time_limit_of_the_statement(seenred):
    statement = (
        "Write a function `distinct(values)` that counts the different values.\n\n"
        "Constraints: 1 <= len(values) <= 200000, 0 <= values[i] <= 10^9\n"
        "Time limit: 1 second\n\n"
        "distinct([1, 1, 2]) -> 2\ndistinct([5]) -> 1\n"
    )
    slow = block(
        "def distinct(values):\n    seen = []\n    for value in values:\n"
        "        if value not in seen:\n            seen.append(value)\n    return len(seen)\n"
    )
    seenred.write("p.txt", statement)
    model = seenred.script(slow, slow, NO_FINDINGS)
    done = seenred("run", "competitive", "p.txt", "--model", model, "--candidates", "1")
    assert done.returncode == 1, done.stderr
    (version,) = seenred.report()["versions"]
    assert (1.0, False) == (version["pass_rate"], version["meets_performance"])
    report = seenred.read("output/validation_report.md")
    assert "[confirmed]" in report
    assert "1 s" in report


CODE = '''def median(values):
    """The middle value; of an even count the mean of the two middle ones."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def double(x):
    return 2 * x
'''
FIXED = block(
    "def median(values):\n    ordered = sorted(values)\n    half = len(ordered) // 2\n"
    "    if len(ordered) % 2:\n        return ordered[half]\n"
    "    return (ordered[half - 1] + ordered[half]) / 2\n"
)


def test_debugging_fixes_what_the_report_states(seenred):
    seenred.write("code.py", CODE)
    done = seenred(
        "run",
        "debugging",
        "code.py",
        "--report",
        "median([1, 2, 3, 4]) returns 3 but should return 2.5",
        "--model",
        seenred.script(NO_FINDINGS, FIXED, NO_FINDINGS),
    )
    assert done.returncode == 0, done.stderr
    fixed = seenred.read("output/code_fixed.py")
    assert "/ 2" in fixed
    assert "def double(x):" in fixed
    assert seenred.read("code.py") == CODE


def test_an_invented_finding_stays_a_hint(seenred):
    seenred.write("code.py", CODE)
    invented = {
        "findings": [
            {
                "severity": "critical",
                "location": "double",
                "issue": "should triple",
                "input": "double(2)",
                "expected": "6",
            }
        ]
    }
    done = seenred("run", "debugging", "code.py", "--model", seenred.script(json.dumps(invented)))
    assert done.returncode == 1
    assert "[hint] should triple" in seenred.read("output/fix_plan.md")
    assert not (seenred.folder / "output/code_fixed.py").exists()


@pytest.mark.parametrize(
    ("does", "code", "says"),
    [
        ("open('FOLDER/effect', 'w').write('x')", 2, "in line 1: FileNotFoundError"),
        ("raise SystemExit(0)", 2, "in line 1: SystemExit"),
        ("answer = input()", 2, "in line 1: EOFError"),
        ("import socket; socket.create_connection(('127.0.0.1', 80))", 2, "PermissionError"),
        ("while True: pass", 2, "loading it took more than 5 s"),
        ("import no_such_module_here", 3, "No module named 'no_such_module_here'"),
    ],
)
def test_legacy_code_that_acts_at_import_is_refused_before_a_model_is_asked(
    seenred, does, code, says
):
    seenred.write("code.py", f"{does}\n{CODE}".replace("FOLDER", str(seenred.folder)))
    model = ["--model", seenred.script(NO_FINDINGS)]
    for words in (["run", "debugging"], ["use", "bug-report-reviewer", "on"]):
        done = seenred(*words, "code.py", *model)
        assert code == done.returncode, done.stderr
        assert says in done.stderr
        assert "Traceback" not in done.stderr
        assert not (seenred.folder / "output").exists()
    assert not (seenred.folder / "effect").exists()


@pytest.mark.parametrize("name", ["code.py", "click.py", "json.py"])
def test_what_lies_in_the_working_folder_is_never_imported(seenred, name):
    seenred.write(name, f"raise SystemExit('imported {name}')\n")
    done = seenred("doctor", "--json")
    assert "imported" not in done.stderr
    assert "Python" in {row["name"] for row in json.loads(done.stdout)}


def test_a_defect_that_shows_at_import_is_repaired(seenred):
    broken = 'LIMIT = len(3)\n\n\ndef double(x):\n    """\n    >>> double(2)\n    4\n    """\n'
    seenred.write("code.py", broken + "    return 2 * x\n")
    fixed = block("LIMIT = 3\n\n\ndef double(x):\n    return 2 * x\n")
    model = seenred.script(NO_FINDINGS, fixed, fixed, NO_FINDINGS)
    done = seenred("run", "debugging", "code.py", "--model", model, "--candidates", "2")
    assert "TypeError" in seenred.read("output/fix_plan.md"), done.stderr


def test_legacy_code_that_only_prints_at_import_is_worked_on(seenred):
    seenred.write("code.py", f"print('loading')\n{CODE}")
    report = "median([1, 2, 3, 4]) returns 3 but should return 2.5"
    model = seenred.script(NO_FINDINGS, FIXED, NO_FINDINGS)
    done = seenred("run", "debugging", "code.py", "--report", report, "--model", model)
    assert done.returncode == 0, done.stderr
    assert "print('loading')" in seenred.read("output/code_fixed.py")


def test_a_module_without_a_confirmed_defect_stays_as_it_is(seenred):
    seenred.write(
        "code.py", 'def double(x):\n    """\n    >>> double(2)\n    4\n    """\n    return 2 * x\n'
    )
    done = seenred("run", "debugging", "code.py", "--model", seenred.script(NO_FINDINGS))
    assert done.returncode == 1
    assert "no defect is confirmed" in done.stdout
    assert not (seenred.folder / "output/code_fixed.py").exists()


def interrupted(seenred, words, after):
    """Ctrl-C as a terminal sends it, to the whole group, at the line that holds `after`."""
    command = [sys.executable, "-m", "seenred", *words]
    pipe = subprocess.PIPE
    running = subprocess.Popen(
        command, cwd=seenred.folder, stderr=pipe, stdout=pipe, text=True, start_new_session=True
    )
    for line in running.stderr:
        if after in line:
            break
    os.killpg(running.pid, signal.SIGINT)
    out, rest = running.communicate(timeout=60)
    left = subprocess.run(
        ["ps", "-o", "pid=,args=", "-s", str(running.pid)], capture_output=True, text=True
    )
    return running.returncode, out, rest, left.stdout


LOOP = block("def clamp(value, low, high):\n    while True:\n        pass\n")


@pytest.mark.parametrize("after", ["RUN", "problem-solver"])
def test_ctrl_c_keeps_what_is_there_and_leaves_no_child(seenred, after):
    seenred.write("p.txt", STATEMENT)
    model = seenred.script({"text": LOOP, "repeat": True})
    code, out, rest, left = interrupted(seenred, ["solve", "p.txt", "--model", model], after)
    assert code == 130, rest
    assert "Traceback" not in rest
    assert "not solved: interrupted" in out
    assert not seenred.report()["solved"]
    assert left == ""


def test_ctrl_c_keeps_a_candidate_and_runs_nothing_more_for_it(seenred):
    seenred.write("p.txt", STATEMENT)
    model = seenred.script(WRONG, LOOP)
    words = ["solve", "p.txt", "--model", model]
    code, _, rest, left = interrupted(seenred, words, "candidate 1")
    assert code == 130, rest
    assert seenred.read("output/solution_v1.py") == seenred.read("output/solution_final.py")
    (version,) = seenred.report()["versions"]
    assert (2, 3, False) == (version["passed"], version["total"], version["consistent"])
    assert left == ""


@pytest.mark.slow
def test_ctrl_c_while_the_model_loads_or_writes_leaves_no_child(seenred):
    seenred.write("p.txt", STATEMENT)
    words = ["solve", "p.txt", "--model", "local:qwen2.5-coder-0.5b"]
    code, _, rest, left = interrupted(seenred, words, "problem-solver")
    assert code == 130, rest
    assert "Traceback" not in rest
    assert seenred.report()["stopped"] == "interrupted"
    assert left == ""


def test_agents_are_chained_as_people_type_it(seenred):
    seenred.write("p.txt", STATEMENT)
    model = ["--model", seenred.script(WRONG)]
    assert seenred("use", "problem-solver", "on", "p.txt", *model, "--candidates", "1").returncode
    seenred.write("seenred.toml", '[model]\nname = "scripted:script.json"\n')
    seenred.script(NO_FINDINGS)
    seenred("Use bug-report-reviewer agent on output/solution_v1.py with p.txt")
    assert "example 2 fails" in seenred.read("output/fix_plan.md")
    seenred.script(RIGHT, OTHER)
    done = seenred(
        "Use solution-fixer agent on output/solution_v1.py with:\n- output/fix_plan.md\n- p.txt"
    )
    assert done.returncode == 0, done.stderr
    assert "max(low" in seenred.read("output/solution_v2.py")


def test_a_fix_plan_for_other_code_is_refused(seenred):
    seenred.write("p.txt", STATEMENT)
    seenred.write("a.py", "def clamp(value, low, high):\n    return value\n")
    plan = "# Fix plan\n\nReviewed: `b.py` sha256 `" + "0" * 64 + "`\n"
    seenred.write("fix_plan.md", plan)
    done = seenred(
        "use",
        "solution-fixer",
        "on",
        "a.py",
        "with",
        "fix_plan.md",
        "p.txt",
        "--model",
        seenred.script("x"),
    )
    assert done.returncode == 2
    assert "fix-plan-mismatch" in done.stderr


@pytest.mark.parametrize(
    ("words", "content", "code", "says"),
    [
        (["solve", "none.txt"], None, 2, "does not exist"),
        (["solve", "."], None, 2, "is a (folder|directory)"),
        (["solve", "p.txt"], b"", 2, "empty"),
        (["solve", "p.txt"], b"\x00\x01\x02", 2, "binary"),
        (["solve", "p.txt"], "é".encode("latin1") * 9, 2, "UTF-8"),
        (["solve", "p.txt"], b"x" * 50_000_000, 2, "large|bytes|MB"),
        (["solve", "p.txt"], b"Make it nice.\n", 2, "no example"),
        (["run", "debuging", "p.txt"], b"x", 2, "Did you mean debugging"),
        (["use", "solution-fixr", "on", "p.txt"], b"x", 2, "Did you mean solution-fixer"),
        (["run", "debugging", "c.py"], b"def f(:\n", 2, "not valid Python"),
        (
            ["run", "debugging", "c.py", "--report", "@none"],
            b"x = 1\n",
            2,
            "none cannot be read: No such file or directory; give",
        ),
        (["sovle", "p.txt"], b"x", 2, "Did you mean solve"),
        (["solve", "p.txt", "--model", "opnai:x"], STATEMENT.encode(), 2, "did you mean"),
        (["do the dishes please"], None, 2, "not understood"),
    ],
)
def test_bad_input_is_one_sentence(seenred, words, content, code, says):
    import re

    if content is not None:
        for name in {w for w in words if w.endswith((".txt", ".py"))}:
            (seenred.folder / name).write_bytes(content)
    done = seenred(*words)
    assert code == done.returncode, done.stderr
    assert re.search(says, done.stderr)
    assert "Traceback" not in done.stderr


def test_a_step_without_its_input_is_refused_before_anything_runs(seenred):
    seenred.write("p.txt", STATEMENT)
    step = '[[workflows.fix.steps]]\nagent = "solution-fixer"\noutput = "x.py"\n'
    seenred.write("seenred.toml", step + 'inputs = ["version", "fix_plan"]\n')
    done = seenred("run", "fix", "p.txt", "--model", seenred.script(RIGHT))
    assert done.returncode == 2
    assert "The step solution-fixer of fix needs 'version'" in done.stderr
    assert not (seenred.folder / "output").exists()


def test_models_list_says_what_can_be_used_and_why_not(seenred, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "empty"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-do-not-show")
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    done = seenred("models", "list")
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "– anthropic:MODEL needs a key → set ANTHROPIC_API_KEY" in said
    assert "✓ openai:MODEL its key is set" in said
    assert "seenred models pull local:qwen2.5-coder-1.5b" in said
    assert "sk-do-not-show" not in said
    rows = {row["name"]: row for row in json.loads(seenred("models", "list", "--json").stdout)}
    assert (True, "") == (rows["openai:MODEL"]["available"], rows["openai:MODEL"]["remedy"])


def test_doctor_names_each_lack_with_its_remedy(seenred, monkeypatch, tmp_path):
    for name in ("XDG_CACHE_HOME", "PATH"):
        monkeypatch.setenv(name, str(tmp_path / "empty"))
    done = seenred("doctor")
    assert done.returncode == 3, done.stderr
    said = " ".join(done.stdout.split())
    assert "✗ git not found → install git" in said
    assert "– node not found → for TypeScript projects" in said
    assert "Missing: git" in said


def test_no_key_names_the_variable(seenred, monkeypatch):
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    seenred.write("p.txt", STATEMENT)
    done = seenred("solve", "p.txt", "--model", "anthropic:claude-sonnet-4-5")
    assert done.returncode == 3
    assert "ANTHROPIC_API_KEY" in done.stderr


def test_an_output_that_is_a_file_is_refused(seenred):
    seenred.write("p.txt", STATEMENT)
    seenred.write("taken", "x")
    for words in (["solve", "p.txt"], ["use", "problem-solver", "on", "p.txt"]):
        done = seenred(*words, "-o", "taken", "--model", seenred.script(RIGHT))
        assert done.returncode == 2
        assert "is a file" in done.stderr
        assert "candidate" not in done.stderr
