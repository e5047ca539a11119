"""The demo as its command runs it, in a process of its own."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[str]:
    """Run the demo as its command does, on a free port; yields the address it prints."""
    environment = {**os.environ, "BOT_DATA_DIR": str(folder), "PORT": "0", "TZ": "UTC"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", env=environment, stdout=asyncio.subprocess.PIPE
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
        await process.wait()
