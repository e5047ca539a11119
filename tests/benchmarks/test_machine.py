"""What is read of the machine: memory of a process, its cores, its processor time."""

import os
import sys

import pytest

from benchmarks.cores import split
from benchmarks.memory_of import Memory, read_rollup, resident
from benchmarks.processes import end, figures, launch, rest

ROLLUP = """\
55d0-7ffc ---p 00000000 00:00 0                          [rollup]
Rss:               30048 kB
Pss:               20500 kB
Pss_Dirty:         12345 kB
"""


def test_both_sums_are_read_in_bytes() -> None:
    assert read_rollup(ROLLUP) == Memory(resident=30048 * 1024, share=20500 * 1024)


def test_this_process_holds_some_memory() -> None:
    assert resident() > 1 << 20


def test_server_and_bot_get_a_core_each_where_there_are_two() -> None:
    cores = split({3, 5, 8})

    assert (cores.server, cores.bot) == ({3}, {5})
    assert str(cores) == "server pinned to core 3, each bot to core 5"


def test_on_a_single_core_server_and_bot_share_it_and_the_report_says_so() -> None:
    cores = split({2})

    assert (cores.server, cores.bot) == ({2}, {2})
    assert "share" in str(cores)


def test_a_process_runs_on_the_core_that_it_was_given() -> None:
    core = min(os.sched_getaffinity(0))
    child = launch([sys.executable, "-c", "input()"], {}, {core})
    try:
        assert os.sched_getaffinity(child.pid) == {core}
    finally:
        end(child)


def test_settings_of_ours_do_not_reach_a_measured_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1")
    program = "import json, os; print(json.dumps({n: int(os.getenv(n, 0)) for n in ('BOT_TOKEN', 'TOLD')}))"

    assert figures([sys.executable, "-c", program], {"TOLD": "7"}) == {"BOT_TOKEN": 0, "TOLD": 7}


def test_a_measuring_program_that_fails_ends_the_run_with_its_name() -> None:
    with pytest.raises(RuntimeError, match="ended with status 3"):
        figures([sys.executable, "-c", "raise SystemExit(3)"])


def test_a_process_that_waits_is_at_rest() -> None:
    child = launch(["tail", "-f", "/dev/null"], {}, quiet=True)
    try:
        rest(child)
        assert child.poll() is None
    finally:
        end(child)
