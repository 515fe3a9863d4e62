import os
import sys

import pytest

from seenred.infrastructure.models.machine import free_memory, usable_cores

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux tells")


@pytest.fixture
def cgroup(tmp_path):
    (tmp_path / "cgroup").mkdir()
    return tmp_path / "cgroup"


@pytest.fixture
def two_threads_a_core(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3})
    for number in range(4):
        folder = tmp_path / "cpu" / f"cpu{number}" / "topology"
        folder.mkdir(parents=True)
        (folder / "thread_siblings_list").write_text("0-1\n" if number < 2 else "2-3\n")
    return tmp_path / "cpu"


@linux
def test_two_threads_of_one_core_count_once(two_threads_a_core, cgroup):
    assert usable_cores(two_threads_a_core, cgroup) == 2


@linux
@pytest.mark.parametrize(("quota", "cores"), [("max 100000", 2), ("50000 100000", 1)])
def test_a_quota_of_the_cgroup_holds(two_threads_a_core, cgroup, quota, cores):
    (cgroup / "cpu.max").write_text(quota)
    assert usable_cores(two_threads_a_core, cgroup) == cores


@linux
def test_without_topology_every_usable_cpu_counts(tmp_path, cgroup):
    assert usable_cores(tmp_path, cgroup) == len(os.sched_getaffinity(0))


def test_free_memory_is_what_the_system_says_is_available(tmp_path, cgroup):
    (tmp_path / "meminfo").write_text("MemTotal: 9 kB\nMemAvailable:    5 kB\n")
    assert free_memory(tmp_path / "meminfo", cgroup) == 5120


def test_a_limit_of_the_cgroup_holds(tmp_path, cgroup):
    (tmp_path / "meminfo").write_text("MemAvailable: 5 kB\n")
    (cgroup / "memory.max").write_text("4096\n")
    assert free_memory(tmp_path / "meminfo", cgroup) == 4096


def test_free_memory_is_unknown_where_nothing_says(tmp_path, cgroup):
    assert free_memory(tmp_path / "meminfo", cgroup) is None
