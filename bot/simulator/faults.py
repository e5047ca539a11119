"""Faults on order: the next calls of a method go wrong in a chosen way."""

from dataclasses import dataclass, replace
from typing import Literal, get_args

from bot.simulator.refusals import ApiError, forbidden, too_many

Kind = Literal[
    "429", "401", "403", "404", "500", "502", "drop-before", "drop-after", "delay", "broken-json"
]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Fault:
    """One order.

    Attributes:
        method: Name of the method; "" for every method.
        kind: "429" (wait ``seconds``), "401", "403" (blocked), "404" (as for an unknown token), "500",
            "502" (both with an HTML body), "drop-before" (connection closed, nothing done),
            "drop-after" (done, then closed), "delay" (done, the reply comes ``seconds`` late),
            "broken-json" (done, the reply cannot be read).
        times: How many calls it hits.
        chat: Only calls that name this chat; None for all.
        seconds: For "429" and "delay".
    """

    method: str
    kind: Kind
    times: int = 1
    chat: int | None = None
    seconds: float = 1


class Faults:
    """The orders, oldest first; a call takes the first one that fits it."""

    def __init__(self) -> None:
        self._orders: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Let the next calls go wrong."""
        self._orders.append(fault)

    def clear(self) -> None:
        """Let no more calls go wrong."""
        self._orders.clear()

    def take(self, method: str, chat: int) -> Fault | None:
        """Return the fault that hits this call, and count it."""
        for at, fault in enumerate(self._orders):
            if fault.method in {"", method} and fault.chat in {None, chat}:
                rest = replace(fault, times=fault.times - 1)
                self._orders[at : at + 1] = [rest] if rest.times > 0 else []
                return fault
        return None


def refusal_of(fault: Fault) -> ApiError | None:
    """Return the refusal that the fault stands for; None for faults of another sort."""
    return {
        "429": too_many(int(fault.seconds)),
        "401": ApiError(401, "Unauthorized"),
        "403": forbidden("bot was blocked by the user"),
        "404": ApiError(404, "Not Found"),
    }.get(fault.kind)
