"""Where several answers are right: the user's checker, agreed checkers, and neither."""

import json

import pytest

STATEMENT = """Write a function `pair(nums: list[int], target: int) -> list[int]` that returns two
different indices whose items add up to target. If there are several such pairs, return any of them.

pair([1, 2, 3, 4], 5) -> [0, 3]
pair([2, 2], 4) -> [0, 1]

Constraints:
- 2 <= len(nums) <= 100
"""


def block(code: str) -> str:
    return f"```python\n{code}```\n"


# right, and another answer than the first example's
OTHER = block(
    "def pair(nums, target):\n"
    "    for i in range(len(nums) - 1, -1, -1):\n"
    "        for j in range(i - 1, -1, -1):\n"
    "            if nums[i] + nums[j] == target and (i < len(nums) - 1 or i == 1):\n"
    "                return [j, i]\n"
    "    return []\n"
)
BACKWARDS = block(
    "def pair(nums, target):\n"
    "    for i in range(len(nums) - 1, -1, -1):\n"
    "        for j in range(i):\n"
    "            if nums[i] + nums[j] == target:\n"
    "                return [j, i]\n"
    "    return []\n"
)
WRONG = block("def pair(nums, target):\n    return [0, 1]\n")
SUMS = (
    "def check(nums, target, answer):\n"
    "    i, j = answer\n"
    "    return i != j and nums[i] + nums[j] == target\n"
)
ALSO_SUMS = (
    "def check(nums, target, answer):\n"
    "    if len(answer) != 2 or answer[0] == answer[1]:\n"
    "        return False\n"
    "    return sum(nums[k] for k in answer) == target\n"
)
LAX = "def check(nums, target, answer):\n    return answer is not None and len(answer) == 2\n"
ONE = "def check(nums, target, answer):\n    best = [0, 3]\n    return answer == best\n"
NO_FINDINGS = json.dumps({"findings": [], "recommendations": [], "coverage_gaps": []})


def solve(seenred, *words: str, replies: list[str]):
    seenred.write("p.txt", STATEMENT)
    model = seenred.script(*replies)
    return seenred("solve", "p.txt", "--model", model, "--candidates", "1", *words)


def test_another_right_answer_is_accepted_by_the_users_checker(seenred):
    seenred.write("c.py", SUMS)
    done = solve(seenred, "--checker", "c.py", replies=[OTHER, OTHER, NO_FINDINGS])
    assert done.returncode == 0, done.stderr
    results = seenred.read("output/test_results.txt")
    assert "another answer, right by your checker" in results
    assert seenred.report()["judging"] == "judged by your checker"
    assert "judged by your checker" in seenred.read("output/report.md")


def test_a_wrong_answer_is_refused_by_the_users_checker_and_repaired(seenred):
    seenred.write("c.py", SUMS)
    replies = [WRONG, WRONG, NO_FINDINGS, OTHER, NO_FINDINGS]
    done = solve(seenred, "--checker", "c.py", replies=replies)
    assert done.returncode == 0, done.stderr
    assert "is wrong by your checker" in seenred.read("output/fix_plan_1.md")


def test_a_checker_may_stand_among_the_users_tests(seenred):
    seenred.write(
        "t.py",
        f"from solution import pair\n\n\n{SUMS}\n\ndef test_it():\n"
        "    assert check([3, 3], 6, pair([3, 3], 6))\n",
    )
    done = solve(seenred, "--tests", "t.py", replies=[OTHER, OTHER, NO_FINDINGS])
    assert done.returncode == 0, done.stderr
    assert seenred.report()["judging"] == "judged by your checker"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("def check(answer, wrong, count, of, names): return True\n", "checker-unusable"),
        ("def test_it(): pass\n", "checker-unusable"),
        ("def check(nums, target, answer): return False\n", "checker-refuses-example"),
        ("import nothing_like_it\n" + SUMS, "checker-refuses-example"),
    ],
)
def test_a_checker_that_cannot_judge_is_refused_at_once(seenred, source, code):
    seenred.write("c.py", source)
    done = solve(seenred, "--checker", "c.py", replies=[])
    assert done.returncode == 2
    assert code in done.stderr
    assert "Traceback" not in done.stderr


def test_a_checker_for_code_is_refused(seenred):
    seenred.write("c.py", SUMS)
    seenred.write("code.py", "x = 1\n")
    done = seenred("run", "debugging", "code.py", "--checker", "c.py", "--model", seenred.script())
    assert (2, True) == (done.returncode, "checker-not-used" in done.stderr)


def test_two_drawn_checkers_of_one_mind_judge(seenred):
    replies = [block(SUMS), block(ALSO_SUMS), OTHER, OTHER, NO_FINDINGS]
    done = solve(seenred, replies=replies)
    assert done.returncode == 0, done.stderr
    assert "2 of 2 tests pass" in seenred.read("output/test_results.txt")
    assert seenred.report()["judging"] == "judged by an agreed checker (2 of 2)"
    assert seenred.read("output/checker.py").startswith("def check(nums")


def test_a_wrong_answer_is_refused_by_drawn_checkers(seenred):
    replies = [block(SUMS), block(ALSO_SUMS), WRONG, WRONG, NO_FINDINGS, OTHER, NO_FINDINGS]
    done = solve(seenred, replies=replies)
    assert done.returncode == 0, done.stderr
    assert "FAIL" in seenred.read("output/test_results.txt")
    assert seenred.report()["best"] == "solution_v2.py"


def test_without_agreement_other_answers_are_not_judged_and_that_is_said(seenred):
    replies = [block(SUMS), block(LAX), block(ONE), "none", OTHER, OTHER, NO_FINDINGS]
    done = solve(seenred, replies=replies)
    assert "no 2 that can be trusted agree" in done.stderr
    assert "1 of 1 tests pass, 1 not judged" in seenred.read("output/test_results.txt")
    assert seenred.report()["judging"].startswith("not judged")


def test_checkers_are_drawn_before_any_solution_and_recorded(seenred):
    solve(seenred, replies=[block(SUMS), block(ALSO_SUMS), OTHER, OTHER, NO_FINDINGS])
    steps = json.loads(seenred.read("output/context.json"))["steps"]
    assert steps[0]["focus"] == "what makes an answer right"
    assert ["problem"] == [given["name"] for given in steps[0]["inputs"]]


def test_an_improvement_may_give_another_right_answer(seenred):
    seenred.write("c.py", SUMS)
    first = block(
        "def pair(nums, target):\n"
        "    for i in range(len(nums)):\n"
        "        for j in range(i + 1, len(nums)):\n"
        "            if nums[i] + nums[j] == target:\n"
        "                return [i, j]\n"
        "    return []\n"
    )
    done = solve(seenred, "--checker", "c.py", replies=[first, BACKWARDS, NO_FINDINGS])
    assert done.returncode == 0, done.stderr
    assert "behaves as before" in done.stderr
    assert (seenred.folder / "output/solution_v2.py").exists()


def test_a_checker_that_refuses_an_example_is_shown_the_example(seenred):
    strict = SUMS.replace("i != j", "i == 0 and j == 1")
    told = {"text": block(SUMS), "match": "refuses [0, 3]"}
    replies = [block(strict), told, block(ALSO_SUMS), OTHER, OTHER, NO_FINDINGS]
    done = solve(seenred, replies=replies)
    assert done.returncode == 0, done.stderr
    assert seenred.report()["judging"] == "judged by an agreed checker (2 of 3)"


def test_a_second_use_leaves_the_first_ones_checkers_alone(seenred):
    seenred.write("p.txt", STATEMENT)
    for _ in range(2):
        model = seenred.script(block(SUMS), block(ALSO_SUMS), OTHER)
        words = ["use", "problem-solver", "on", "p.txt", "--candidates", "1", "--model", model]
        done = seenred(*words)
        assert done.returncode == 0, done.stderr
    names = {path.name for path in (seenred.folder / "output").iterdir()}
    assert {"checker.py", "checker_2.py", "checker_3.py", "checker_4.py"} <= names
