"""Commands over a provider that misbehaves on this machine."""

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
