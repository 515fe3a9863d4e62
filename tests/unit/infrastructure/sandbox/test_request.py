from __future__ import annotations

import pytest

from seenred.infrastructure.sandbox.inside.frames import pack, unpack
from seenred.infrastructure.sandbox.inside.request import Report, Request


@pytest.mark.parametrize("fields", [[], [b""], [b"a", b"", b"1:b", b"\x00\n" * 9]])
def test_fields_come_back_as_they_were(fields: list[bytes]) -> None:
    assert unpack(pack(fields)) == fields


@pytest.mark.parametrize("data", [b"5:abc", b"x:abc", b"3", b"3:abcd"])
def test_broken_frames_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"cut off|invalid literal|not found"):
        unpack(data)


def test_request_survives_the_pipe() -> None:
    request = Request(
        argv=["/usr/bin/python", "-c", "print('é')"],
        files={"a/é": b"\x00\xff", "empty": b""},
        stdin=b"1:2",
        collect=[],
        scratch="/scratch",
        mode="bubblewrap",
        own_pids=True,
        readable=["/usr"],
        cwd="/there",
        environment={"NAME": "valüe"},
        seconds=0.5,
        memory=1,
        processes=2,
        file_size=3,
        disk=4,
        progress="lines",
        pause=1.5,
    )

    assert Request.from_bytes(request.to_bytes()) == request


def test_report_survives_the_pipe() -> None:
    report = Report("timed out", 137, 0.25, "", {"out": b"\x00", "empty": b""})

    assert Report.from_bytes(report.to_bytes()) == report


@pytest.mark.parametrize("end", [0, 1, 20, -1])
def test_report_that_is_cut_off_is_refused(end: int) -> None:
    whole = Report("exited", 0, 0.25, "", {"out": b"content"}).to_bytes()

    with pytest.raises(ValueError, match=r"cut off|not found|unpack"):
        Report.from_bytes(whole[:end])
