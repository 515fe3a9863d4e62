"""One module starts processes; whoever else does is named here, with the reason."""

import ast
from pathlib import Path

import seenred

SOURCE = Path(seenred.__file__).parent
STARTS = {
    "create_subprocess_exec",
    "create_subprocess_shell",
    "execve",
    "fork",
    "forkpty",
    "Popen",
    "popen",
    "posix_spawn",
    "spawnv",
    "system",
}
ALLOWED = {
    "infrastructure/supervisor.py": "it is the supervisor",
    "infrastructure/history/git_command.py": "git that stays and answers; its blobs end it",
    "infrastructure/workshop/lasting_git.py": "git in the user's tree ends though we are killed",
    "infrastructure/models/index_source.py": "pip, whose folder is measured while it works",
    "infrastructure/sandbox/launch.py": "the sandbox's protocol: its own supervisor ends it",
    "infrastructure/sandbox/bait.py": "what the sandbox's attacks try to reach",
    "infrastructure/sandbox/inside/supervise.py": "runs inside of the sandbox",
    "infrastructure/runners/inside/driver.py": "runs inside of the sandbox",
    "infrastructure/runners/suite/inside/nesting.py": "runs inside of the sandbox",
    "infrastructure/runners/suite/inside/variants.py": "runs inside of the sandbox",
    "infrastructure/runners/suite/inside/zygote.py": "runs inside of the sandbox",
}


def starts(path):
    """Whether a module calls what starts a process."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
        if node.func.attr in STARTS or (owner, node.func.attr) == ("subprocess", "run"):
            return True
    return False


def test_processes_are_started_by_the_supervisor_and_by_who_is_named_here():
    found = {str(p.relative_to(SOURCE)) for p in SOURCE.rglob("*.py") if starts(p)}
    assert found == set(ALLOWED)


def test_nothing_goes_through_a_shell():
    shells = [
        str(path)
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "shell"
    ]
    assert shells == []
