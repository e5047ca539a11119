"""How bots on one database share one token's rate. Pure.

A bot asks before it sends faster and tells after it sends slower. Whatever order they come in, and
whichever of them dies, what they hold together is never more than the rate.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

DEAD_SECONDS = 8.0
"""Unseen for so long, by the database's clock, a bot's share is free for the others."""
LAPSE_SECONDS = 5.0
"""After this, by its own clock, a bot that cannot tell of itself gives its share up: well before that."""
CUT_OFF = 0.1
"""Part of the rate for answers and referrals of a bot that cannot ask for its share."""
IDLE = 0.1
"""Part of the rate that a bot keeps for what may come, while others have more than they can send."""


@dataclass(frozen=True, slots=True)
class Member:
    """One bot, as the database knows it.

    Attributes:
        share: Calls a second that it may be sending.
        pressed: Something had to wait for its turn lately.
    """

    share: float
    pressed: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What a bot tells of itself.

    Attributes:
        share: Calls a second that it may be sending now.
        pressed: See Member.
        polls: Whether it asks Telegram for updates now; None: it never does.
        closed: Seconds for which Telegram, in an answer to this bot, closed all chats; negative
            for those since it opened them, 0 from the start on.
    """

    share: float
    pressed: bool
    polls: bool | None
    closed: float = -math.inf


@dataclass(frozen=True, slots=True)
class Standing:
    """What a bot may do from now on.

    Attributes:
        share: Calls a second.
        members: How many bots live on this database.
        polls: Whether it is the one that asks Telegram for updates.
        closed: As in Report, by any bot.
    """

    share: float
    members: int = 1
    polls: bool = True
    closed: float = -math.inf


def target(rate: float, pressed: Sequence[bool], place: int) -> float:
    """Return what the bot at ``place`` is to have once all have told what they gave up.

    Whole calls as far as there are enough: a server that counts by the second takes no half.
    """
    members, whole = len(pressed), math.floor(rate)
    if whole < 2 * members:
        return rate / members
    hungry = [number for number, is_pressed in enumerate(pressed) if is_pressed]
    hungry = hungry or list(range(members))
    idle = min(max(1, math.floor(whole * IDLE)), whole // members)
    if place not in hungry:
        return idle
    each, over = divmod(whole - idle * (members - len(hungry)), len(hungry))
    nth = hungry.index(place)
    return each + (nth < over) + (rate - whole if nth == 0 else 0)


def granted(rate: float, members: Sequence[Member], place: int) -> float:
    """Return what the bot at ``place`` may send: its target, as far as the others left it free."""
    taken = sum(one.share for number, one in enumerate(members) if number != place)
    aim = target(rate, [one.pressed for one in members], place)
    return max(0.0, min(aim, rate - taken))
