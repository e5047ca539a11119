"""Faults on order: calls of a method go wrong in a chosen way. Pure: steady seconds come in."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random  # noqa: TID251  # each order has its own, from the seed

from bot.simulator.courses import Kind, is_paced, refusal_for
from bot.simulator.refusals import ApiError

POLLING = "getUpdates"
KEPT = 1000  # orders that are over are forgotten; so many may stand


@dataclass(frozen=True, slots=True)
class Fault:
    """One order. It hits a call that comes in its time, is of its method and names its chat.

    Attributes:
        method: Name of the method, or its beginning with a star ("send*"); "" for every method that
            can meet this kind: a 429 those that send or edit, a 409 getUpdates.
        kind: "429" (the chat is closed for ``seconds``), "429-all" (all chats are), "400-chat" (not
            found), "400-entities" (cannot be parsed; hits only calls with formatting), "400-same" (message is not modified),
            "migrated" (the chat has the id ``to`` now), "401", "403" (blocked), "403-gone" (account
            deleted), "404" (as for an unknown token), "409" (another poller), "500", "502" (both
            with an HTML body), "drop-before" (connection closed, nothing done), "drop-after" (done,
            then closed), "lost-reply" (done, the reply never comes), "refused" (no connection),
            "broken-json" (done, half a reply), "no-json", "no-object" (both done), "delay" (done,
            the reply comes ``seconds`` late), "delay-before" (done ``seconds`` late).
        times: How many calls it hits; None: all of its time.
        chat: Only calls that name this chat; None for all.
        seconds: For "429", "429-all", "delay" and "delay-before".
        after: So many seconds after it was ordered its time begins.
        lasts: So many seconds long is its time.
        skip: So many fitting calls pass unharmed first.
        share: Of the fitting calls, this share is hit, by chance.
        to: New id of a chat, for "migrated".
    """

    method: str
    kind: Kind
    times: int | None = 1
    chat: int | None = None
    seconds: float = 1
    after: float = 0
    lasts: float = math.inf
    skip: int = 0
    share: float = 1.0
    to: int = 0

    def fits(self, method: str, chat: int, *, formatted: bool) -> bool:
        """Return whether it is meant for this call."""
        if self.kind == "400-entities" and not formatted:
            return False
        return self._means(method) and self.chat in {None, chat}

    def _means(self, method: str) -> bool:
        if self.method.endswith("*"):
            return method.startswith(self.method[:-1])
        if self.method:
            return self.method == method
        if self.kind in {"429", "429-all"}:
            return is_paced(method)
        return self.kind != "409" or method == POLLING


@dataclass(slots=True)
class Standing:
    """An order that is not over.

    Attributes:
        number: Counts the orders.
        since: Steady second at which its time begins; ``until``: at which it is over.
        hits: How many calls it has hit; ``seen``: how many fitted.
    """

    number: int
    fault: Fault
    since: float
    until: float
    chance: Random
    hits: int = 0
    seen: int = 0

    def is_over(self, now: float) -> bool:
        """Return whether it can hit nothing more."""
        spent = self.fault.times is not None and self.hits >= self.fault.times
        return spent or now >= self.until

    def hit(self, method: str, chat: int, now: float, *, formatted: bool) -> bool:
        """Return whether it hits this call, and count it."""
        if now < self.since or self.is_over(now):
            return False
        if not self.fault.fits(method, chat, formatted=formatted):
            return False
        self.seen += 1
        if self.seen <= self.fault.skip:
            return False
        if self.fault.share < 1 and self.chance.random() >= self.fault.share:
            return False
        self.hits += 1
        return True


class Faults:
    """The orders, oldest first; a call meets the first one that hits it.

    The same seed, orders and calls at the same seconds give the same hits.

    Attributes:
        now: Gives steady seconds.
    """

    def __init__(self, tick: Callable[[], float] = lambda: 0.0, seed: int = 0) -> None:
        """``tick`` gives steady seconds."""
        self.now = tick
        self._seed = seed
        self._orders: list[Standing] = []
        self._numbers = 0

    def sow(self, seed: int) -> None:
        """Let the chances of all later orders come from this seed."""
        self._seed = seed

    def order(self, fault: Fault) -> int:
        """Let calls go wrong; return the number of the order.

        Raises:
            ValueError: so many orders stand already.
        """
        if len(self.standing()) >= KEPT:
            raise ValueError(f"{KEPT} faults stand already; clear some first")
        self._numbers += 1
        since = self.now() + fault.after
        chance = Random(f"{self._seed}/{self._numbers}")  # noqa: S311  # faults, not secrets
        end = since + fault.lasts
        self._orders.append(Standing(self._numbers, fault, since, end, chance))
        return self._numbers

    def end(self, number: int) -> None:
        """Take one order back; one that is over already is none."""
        self._orders = [order for order in self._orders if order.number != number]

    def clear(self) -> None:
        """Let no more calls go wrong."""
        self._orders.clear()

    def standing(self) -> list[Standing]:
        """Return the orders that are not over, oldest first."""
        now = self.now()
        self._orders = [order for order in self._orders if not order.is_over(now)]
        return list(self._orders)

    def take(self, method: str, chat: int, *, formatted: bool = True) -> Fault | None:
        """Return the fault that hits this call, and count it; ``formatted``: it has entities."""
        now = self.now()
        for order in self.standing():
            if order.hit(method, chat, now, formatted=formatted):
                return order.fault
        return None


def refusal_of(fault: Fault) -> ApiError | None:
    """Return the refusal that the fault stands for; None for faults of another sort."""
    return refusal_for(fault.kind, math.ceil(fault.seconds), fault.to)
