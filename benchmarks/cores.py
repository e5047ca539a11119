"""Server and bots on cores of their own, so that neither takes time from the other."""

import os
from collections.abc import Set as AbstractSet
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cores:
    """Where the fake Bot API runs, and where the bot that is measured."""

    server: AbstractSet[int]
    bot: AbstractSet[int]

    def __str__(self) -> str:
        """Return it as the head of the report says it."""
        if self.server == self.bot:
            return "server and bot share one core"
        return f"server pinned to core {min(self.server)}, each bot to core {min(self.bot)}"


def split(allowed: AbstractSet[int]) -> Cores:
    """Return one core each; the only one for both where there is no second."""
    first, *others = sorted(allowed)
    return Cores({first}, {others[0]} if others else {first})


CORES = split(os.sched_getaffinity(0))
