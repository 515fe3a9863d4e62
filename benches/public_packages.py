"""Audits three public packages: their source distributions, with a small history made on top.

    python benches/public_packages.py [NAME…]

Each history is a file under `packages/`: our own edits, and the verdict that each commit must get.
The source distributions come from the package index that pip is set to; their hashes are checked.
Prints a table in Markdown, and ends with 1 when a verdict is not the one that was expected.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HISTORIES = Path(__file__).with_name("packages")
HEADER = """\
| package | tests | commit | what it is | verdict | by |
|---|---:|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Audited:
    """A package, what was made of it, and what was said.

    Attributes:
        tests: how many its suite has, ours not counted.
        suite: seconds of its whole suite, run once by `python -m pytest`.
        seconds: of the audit, from command to document.
    """

    name: str
    version: str
    tests: int
    suite: float
    seconds: float
    expected: list[dict[str, Any]]
    commits: list[dict[str, Any]]


def main() -> int:
    """Audit each package and print what was said."""
    names = sys.argv[1:] or [path.stem for path in sorted(HISTORIES.glob("*.toml"))]
    audited = [audit(name) for name in names]
    print(HEADER)
    for each in audited:
        print(*rows(each), sep="\n")
    print()
    for each in audited:
        told = f"{len(each.commits)} commits in {each.seconds:.0f} s"
        print(f"- {each.name} {each.version}: {told}; its suite alone takes {each.suite:.1f} s")
    wrong = [told for each in audited for told in mistakes(each)]
    for told in wrong:
        print(told, file=sys.stderr)
    return 1 if wrong else 0


def audit(name: str) -> Audited:
    """One package, from its download to its verdicts."""
    history = tomllib.loads((HISTORIES / f"{name}.toml").read_text())
    package, commits = history["package"], history["commit"]
    with tempfile.TemporaryDirectory() as folder:
        project = unpack(download(package, Path(folder)), Path(folder))
        tests, suite = run_suite(project)
        make_history(project, commits)
        begun = time.perf_counter()
        judged = verify(project, len(commits))
        seconds = time.perf_counter() - begun
    return Audited(name, package["version"], tests, suite, seconds, commits, judged)


def download(package: dict[str, str], folder: Path) -> Path:
    """Its source distribution, of the hash that is written down."""
    name = package["name"]
    # the package alone, and not built but for its metadata
    chosen = ("--no-deps", "--no-binary", name, f"{name}=={package['version']}")
    words = ("-m", "pip", "download", "--quiet", "--dest", str(folder), *chosen)
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{name} could not be fetched: {done.stderr}")
    (archive,) = folder.glob(f"{name}-*.tar.gz")
    if hashlib.sha256(archive.read_bytes()).hexdigest() != package["sha256"]:
        raise SystemExit(f"{archive.name} is not the one that packages/{name}.toml was made for")
    return archive


def unpack(archive: Path, folder: Path) -> Path:
    """The folder that it holds."""
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz")


def run_suite(project: Path) -> tuple[int, float]:
    """How many tests pass, and the seconds of the whole suite."""
    words = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    begun = time.perf_counter()
    done = subprocess.run(words, cwd=project, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    last = done.stdout.strip().splitlines()[-1]
    if done.returncode != 0:
        raise SystemExit(f"the suite of {project.name} does not pass here: {last}")
    return int(last.split()[0]), seconds


def make_history(project: Path, commits: list[dict[str, Any]]) -> None:
    """The distribution as the first commit, and each of ours on top of it."""
    git(project, "init", "--quiet")
    record(project, "the source distribution")
    for commit in commits:
        for edit in commit["edit"]:
            path = project / edit["file"]
            path.write_text(edited(path.read_text(), edit))
        record(project, commit["subject"])


def edited(text: str, edit: dict[str, str]) -> str:
    """The text with what was asked put in the place of `old`, before `before` or at the end."""
    anchor = edit.get("old") or edit.get("before")
    if anchor is None:
        return f"{text.rstrip()}\n{edit['text']}"
    if text.count(anchor) != 1:
        raise SystemExit(f"{edit['file']} has {text.count(anchor)} times: {anchor}")
    return text.replace(anchor, edit["text"] + (anchor if "before" in edit else ""))


def record(project: Path, subject: str) -> None:
    """Commit everything, files that the distribution would have ignored among them."""
    git(project, "add", "--all", "--force")
    git(project, "commit", "--quiet", "--message", subject)


def git(project: Path, *words: str) -> None:
    """Run git as somebody."""
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    subprocess.run(["git", "-C", str(project), *identity, *words], check=True, capture_output=True)


def verify(project: Path, commits: int) -> list[dict[str, Any]]:
    """What the audit says of each commit, as its document has it."""
    words = ["verify", f"HEAD~{commits}..HEAD", "--json", "--python", sys.executable]
    done = subprocess.run(
        [sys.executable, "-m", "seenred", *words], cwd=project, capture_output=True, text=True
    )
    if done.returncode not in (0, 1, 125):
        raise SystemExit(f"verify ended with {done.returncode}: {done.stderr}")
    found: list[dict[str, Any]] = json.loads(done.stdout)["audit"]["commits"]
    return found


def rows(each: Audited) -> Iterator[str]:
    """A line of the table for each commit."""
    for number, (asked, said) in enumerate(zip(each.expected, each.commits, strict=True)):
        named = (f"{each.name} {each.version}", str(each.tests)) if number == 0 else ("", "")
        cells = [*named, asked["subject"], asked["what"], f"**{said['verdict']}**", decisive(said)]
        escaped = (cell.replace("|", "\\|") for cell in cells)
        yield f"| {' | '.join(escaped)} |"


def decisive(said: dict[str, Any]) -> str:
    """The lines that decide, each once."""
    deciding = [proof for proof in said["proofs"] if proof["verdict"] == said["verdict"]]
    lines = {f"{proof['claim']}: {proof['decisive']}": None for proof in deciding}
    return "; ".join([*lines, *(f"warned: {kind}" for kind in sorted(warnings(said)))])


def warnings(said: dict[str, Any]) -> set[str]:
    """What is told and refuses nothing."""
    details = [detail for proof in said["proofs"] for detail in proof["details"]]
    return {each["kind"] for each in details if each["kind"] == "special-case"}


def mistakes(each: Audited) -> Iterator[str]:
    """Where the audit said something else than was expected."""
    for asked, said in zip(each.expected, each.commits, strict=True):
        warned = {asked["warned"]} if "warned" in asked else set()
        wanted = (asked["verdict"], asked.get("kind", said["kind"]), warned)
        got = (said["verdict"], said["kind"], warnings(said))
        if wanted != got:
            yield f"{each.name}: {asked['subject']}: wanted {wanted}, got {got}"


if __name__ == "__main__":
    sys.exit(main())
