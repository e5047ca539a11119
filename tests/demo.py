"""The demo as its command runs it, in a process of its own."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO


@asynccontextmanager
async def demo(
    folder: Path, errors: IO[bytes] | None = None, **settings: str
) -> AsyncIterator[str]:
    """Run the demo as its command does, on a free port; yields the address it prints.

    Args:
        folder: Where it keeps its data.
        errors: Where its complaints go; None: to ours.
        settings: More of its environment.
    """
    own = {"BOT_DATA_DIR": str(folder), "PORT": "0", "TZ": "UTC", **settings}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-u", "-m", "bot", "demo"),
        env={**os.environ, **own},
        stdout=asyncio.subprocess.PIPE,
        stderr=errors,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(30):
            line = (await process.stdout.readline()).decode()
        found = re.search(r"http://[0-9.:]+", line)
        assert found, line
        yield found.group()
    finally:
        process.terminate()
        assert await process.wait() == 0
