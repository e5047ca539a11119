"""How much memory a process holds, as Linux counts it. Standard library only: peers use it too."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes that a process holds.

    Attributes:
        resident: All pages that are in memory (RSS).
        share: The same, pages that n processes share counted as one n-th (PSS).
    """

    resident: int
    share: int


def memory_of(pid: int) -> Memory:
    """Return what a running process holds now."""
    return read_rollup(Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii"))


def resident() -> int:
    """Return the bytes that this process holds now."""
    return memory_of(os.getpid()).resident


def read_rollup(text: str) -> Memory:
    """Return the two sums of a ``smaps_rollup``.

    Source: proc(5), /proc/PID/smaps_rollup; its kB are 1024 bytes.
    """
    sizes = dict(line.split(":", 1) for line in text.splitlines() if line.endswith(" kB"))
    return Memory(*(int(sizes[name].split()[0]) * 1024 for name in ("Rss", "Pss")))
