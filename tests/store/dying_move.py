"""A move that kills itself with SIGKILL at a chosen moment; run by test_moving_and_dying."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.store.moved import Mark
from bot.store.moving.move import move
from bot.store.moving.source import Source
from bot.store.moving.target import Target
from bot.store.postgres.driver import Handle
from bot.store.urls import postgres_address
from tests.store.contract import EIGHT


def main(database: str, url: str, key_file: str, moment: str) -> None:
    """Die when a line begins with ``moment``, or before or after the commit."""
    commit, keep_mark = Target.commit, Source.keep_mark

    async def dying_commit(target: Target, handle: Handle) -> None:
        if moment == "before the commit":
            die()
        await commit(target, handle)
        if moment == "after the commit":
            die()

    def dying_mark(source: Source, mark: Mark) -> None:
        if moment == "before the mark":
            die()
        keep_mark(source, mark)

    def tell(line: str) -> None:
        if line.startswith(moment):
            die()

    setattr(Target, "commit", dying_commit)  # noqa: B010 - moments that no line tells
    setattr(Source, "keep_mark", dying_mark)  # noqa: B010
    address = postgres_address(url)
    asyncio.run(move(Path(database), address, Path(key_file), EIGHT, tell))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
