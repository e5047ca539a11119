"""Lines are written in order by a thread of their own; what does not fit is dropped and counted."""

import io
import logging
import os
import select
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from bot.ops.logs import set_up_logs
from bot.ops.write_behind import MOST_LINES, WriteBehind, written_behind

LONG = b"x" * 100_000 + b"\n"  # more than a pipe holds
PATIENCE_SECONDS = 10


@dataclass
class Pipe:
    """Both ends of a pipe."""

    reader: io.FileIO
    writer: io.FileIO
    said: str = ""
    fed: list[WriteBehind] = field(default_factory=list)

    def behind(self, most: int = MOST_LINES) -> WriteBehind:
        """Return what writes into it."""
        self.fed.append(WriteBehind(self.writer.fileno(), most))
        return self.fed[-1]

    def read(self, last: str) -> str:
        """Return all that was written so far, up to a line that holds ``last`` at least."""
        while last not in self.said or not self.said.endswith("\n"):
            assert select.select((self.reader,), (), (), PATIENCE_SECONDS)[0], self.said[-500:]
            self.said += self.reader.read(4096).decode()
        return self.said

    def hold(self, behind: WriteBehind) -> None:
        """Let the thread write what fits nowhere, so that it waits for a reader."""
        behind.write(LONG)
        self.said += self.reader.read(1).decode()


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    ends = os.pipe()
    with io.FileIO(ends[0]) as reader, io.FileIO(ends[1], "w") as writer:
        made = Pipe(reader, writer)
        yield made
        reader.close()
        for one in made.fed:  # else what it holds would go into another test's file
            one.drain(PATIENCE_SECONDS)


@pytest.fixture
def few(pipe: Pipe) -> Iterator[WriteBehind]:
    """Room for four lines; the log goes there, too."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    behind = pipe.behind(4)
    set_up_logs("INFO", as_json=False, stream=io.TextIOWrapper(behind, write_through=True))
    yield behind
    root.handlers[:] = before
    root.setLevel(level)


def test_lines_are_written_in_the_order_in_which_they_came(pipe: Pipe) -> None:
    behind = pipe.behind()
    for number in range(1000):
        behind.write(f"{number}\n".encode())

    assert pipe.read("999\n").split() == [str(number) for number in range(1000)]


def test_what_does_not_fit_is_dropped_and_its_number_told_where_it_is_missing(
    pipe: Pipe, few: WriteBehind
) -> None:
    pipe.hold(few)
    for number in range(7):
        few.write(f"line {number}\n".encode())
    lines = pipe.read("log.dropped").splitlines()[1:]
    few.write(b"line 7\n")

    assert lines[:4] == ["line 0", "line 1", "line 2", "line 3"]
    assert lines[4].endswith("event=log.dropped lines=3")
    assert pipe.read("line 7").splitlines()[6:] == ["line 7"]


def test_at_the_end_all_is_waited_for_even_what_tells_of_dropped_lines(
    pipe: Pipe, few: WriteBehind
) -> None:
    pipe.hold(few)
    for _ in range(5):
        few.write(b"line\n")
    reading = threading.Thread(target=pipe.read, args=["log.dropped"])
    reading.start()
    few.drain(PATIENCE_SECONDS)
    reading.join()

    assert pipe.said.count("line\n") == 4
    assert "log.dropped lines=1" in pipe.said


def test_at_the_end_nobody_waits_for_a_reader_who_does_not_read(
    pipe: Pipe, few: WriteBehind
) -> None:
    pipe.hold(few)
    few.write(b"line\n")
    few.drain(0.01)

    assert pipe.said == "x"


def test_a_reader_who_is_gone_takes_nothing_with_him(pipe: Pipe, few: WriteBehind) -> None:
    pipe.reader.close()
    for _ in range(3):
        few.write(b"line\n")
        few.drain(PATIENCE_SECONDS)

    assert few.write(b"line\n") == 5


def test_a_pipe_that_somebody_made_non_blocking_gets_every_byte(pipe: Pipe) -> None:
    os.set_blocking(pipe.writer.fileno(), False)
    behind = pipe.behind()
    pipe.hold(behind)
    behind.write(b"end\n")

    assert pipe.read("end") == f"{LONG.decode()}end\n"


def test_a_line_says_what_was_when_it_was_logged(pipe: Pipe, few: WriteBehind) -> None:
    pipe.hold(few)
    values = ["then"]
    logging.getLogger("bot").info("seen", extra={"event": "test", "values": values})
    values[0] = "now"

    assert "values=['then']" in pipe.read("event=test")


def test_the_stream_in_place_of_another_writes_as_that_one_does(pipe: Pipe) -> None:
    with io.TextIOWrapper(pipe.writer, encoding="ascii", errors="backslashreplace") as before:
        print("sit", "ließ", file=written_behind(before))

        assert pipe.read("lie") == "sit lie\\xdf\n"
