"""Commands over a provider that misbehaves on this machine."""

import json

import pytest
from provider_server import misbehaving

pytest.importorskip("pydantic_ai", reason="the extra `agents` is not installed")


def test_a_provider_that_hangs_up_is_asked_again_and_that_is_said(seenred):
    with misbehaving("hang_up") as server:
        name = f"openai:tiny@{server.url}"
        done = seenred("models", "try", name)
    assert (done.returncode, done.stdout) == (0, "red green\n")
    first, *_ = done.stderr.splitlines()
    assert f"{name} broke off in the middle of a reply; asking again in 1 s (1 of 3)." in first
    assert "stamina" not in done.stderr


def test_a_run_that_the_fallback_took_over_says_so_in_its_progress_and_its_report(seenred):
    seenred.write("p.txt", "Write a function `double(x)`.\n\ndouble(2) -> 4\n")
    seenred.write("seenred.toml", '[model]\nfallback = "scripted:second.json"\n')
    right = json.dumps("```python\ndef double(x):\n    return 2 * x\n```")
    seenred.write("second.json", f"[{right}, {right}]")
    model = seenred.script({"fail": "The server is down."})
    done = seenred("run", "competitive", "p.txt", "--model", model, "--candidates", "1")
    told = "The server is down. The fallback scripted:second.json answers in its place."
    assert told in " ".join(done.stderr.split())
    assert seenred.report()["usage"]["models"] == ["scripted:second.json"]
    answered = "Model scripted:script.json, answered by scripted:second.json too"
    assert answered in seenred.read("output/report.md")
