"""Bots in processes of their own, started by forking (see ``nursery``), for runs that need many."""

import asyncio
import contextlib
import json
import os
import sys
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from signal import Signals

LONGEST_LIFE_SECONDS = 2400  # longer than anybody waits for a town


@dataclass(slots=True)
class Bot:
    """One real bot process."""

    pid: int
    output: Path
    status: "asyncio.Future[int]"

    def send(self, signal: Signals) -> None:
        """Send a signal; one that has ended gets none."""
        if not self.status.done():
            with contextlib.suppress(ProcessLookupError):  # its end is on the way to us
                os.kill(self.pid, signal)

    async def ended(self, seconds: float = LONGEST_LIFE_SECONDS) -> int:
        """Wait for the end; return its exit status, negative for the signal that ended it."""
        async with asyncio.timeout(seconds):
            return await asyncio.shield(self.status)


@dataclass(slots=True)
class Nurse:
    """Orders bots from the nursery."""

    _process: asyncio.subprocess.Process
    _born: "deque[asyncio.Future[int]]" = field(default_factory=deque)
    _living: "dict[int, asyncio.Future[int]]" = field(default_factory=dict)

    async def start(self, environment: dict[str, str], output: Path) -> Bot:
        """Start one bot."""
        assert self._process.stdin is not None
        born = asyncio.get_running_loop().create_future()
        self._born.append(born)
        order = {"environment": environment, "output": str(output)}
        self._process.stdin.write(f"{json.dumps(order)}\n".encode())
        await self._process.stdin.drain()
        pid = await born
        return Bot(pid, output, self._living[pid])

    async def listen(self) -> None:
        """Hear of births and ends."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            pid, *status = map(int, line.split())
            if status:
                self._living.pop(pid).set_result(status[0])
            else:
                self._living[pid] = asyncio.get_running_loop().create_future()
                self._born.popleft().set_result(pid)


@asynccontextmanager
async def nursery() -> AsyncIterator[Nurse]:
    """Run a nursery; what still lives at its end has been left by the caller."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.chaos.nursery",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    nurse = Nurse(process)
    try:
        async with asyncio.TaskGroup() as group:
            hearing = group.create_task(nurse.listen())
            yield nurse
            hearing.cancel()
    finally:
        process.kill()
        await process.wait()
