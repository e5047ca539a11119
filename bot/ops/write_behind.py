"""A standard error that never holds up who writes to it, even where nobody reads the other end."""

import atexit
import io
import logging
import os
import select
import threading
import time
from contextlib import suppress
from queue import SimpleQueue
from typing import TextIO

log = logging.getLogger(__name__)

MOST_LINES = 10_000
END_SECONDS = 1.0

# others have a lock that a finalizer, which may log whenever garbage is collected, would wait for
Lines = SimpleQueue[bytes | threading.Event]


class WriteBehind(io.IOBase):
    """Queues what is written; a thread of its own writes it to ``file``, in the same order.

    What does not fit is dropped, as is all that follows until half of the room is free; then one
    line in the log says how many were dropped.
    """

    name = "<stderr>"

    def __init__(self, file: int, most: int = MOST_LINES) -> None:
        self._file = file
        self._most = most
        self._dropped = 0
        self._lock = threading.RLock()
        self._lines: Lines = SimpleQueue()
        threading.Thread(target=self._write_all, name="log", daemon=True).start()

    def writable(self) -> bool:
        """Return True: TextIOWrapper asks."""
        return True

    def write(self, line: bytes) -> int:
        """Take a line, or drop it; waits for nothing."""
        with self._lock:
            if self._dropped or self._lines.qsize() >= self._most:
                self._dropped += 1
            else:
                self._lines.put(line)
        return len(line)

    def drain(self, seconds: float = END_SECONDS) -> None:
        """Wait until all is written, for so long at most."""
        latest = time.monotonic() + seconds
        for _ in range(2):  # what tells of dropped lines comes behind the first
            written = threading.Event()
            self._lines.put(written)
            written.wait(latest - time.monotonic())

    def _write_all(self) -> None:
        while True:
            line = self._lines.get()
            self._tell_of_dropped()
            if isinstance(line, threading.Event):
                line.set()
            else:
                with suppress(OSError):  # there is no other place to tell it
                    self._write_whole(line)

    def _write_whole(self, line: bytes) -> None:
        while line:
            try:
                line = line[os.write(self._file, line) :]
            except BlockingIOError:  # another program that has the same file open made it so
                select.select((), (self._file,), ())

    def _tell_of_dropped(self) -> None:
        with self._lock:
            if not self._dropped or self._lines.qsize() > self._most // 2:
                return
            lines, self._dropped = self._dropped, 0
        log.error(
            "nobody read the log: lines dropped", extra={"event": "log.dropped", "lines": lines}
        )


def written_behind(stream: TextIO) -> TextIO:
    """Return a stream in place of ``stream``; at the end of the process what is left gets a second."""
    behind = WriteBehind(stream.fileno())
    atexit.register(behind.drain)
    return io.TextIOWrapper(
        behind, encoding=stream.encoding, errors=stream.errors, write_through=True
    )
