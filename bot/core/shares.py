"""How bots on one database share one token's rate. Pure.

A bot asks before it sends faster and tells after it sends slower. Whatever order they come in, and
whichever of them dies, what they hold together is never more than the rate.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

DEAD_SECONDS = 8.0
"""Unseen for so long, by the database's clock, a bot's share is free for the others."""
LAPSE_SECONDS = 5.0
"""After this, by its own clock, a bot that cannot tell of itself gives its share up: well before that."""
CUT_OFF = 0.1
"""Part of the rate for answers and referrals of a bot that cannot ask for its share."""
IDLE = 0.1
"""Part of the rate that a bot keeps for what may come, while others have more than they can send."""
ANSWERS = 0.2
"""Part of the rate for answers that wait, while referrals of another bot wait, too."""


class Need(IntEnum):
    """What waits for its turn at a bot; the more it matters, the higher."""

    NOTHING = 0
    SOMETHING = 1
    ANSWERS = 2
    REFERRALS = 3


@dataclass(frozen=True, slots=True)
class Member:
    """One bot, as the database knows it.

    Attributes:
        share: Calls a second that it may be sending.
        need: See Report.
    """

    share: float
    need: Need


@dataclass(frozen=True, slots=True)
class Report:
    """What a bot tells of itself.

    Attributes:
        share: Calls a second that it may be sending now.
        need: What matters most of what had to wait for its turn lately.
        polls: Whether it asks Telegram for updates now; None: it never does.
        closed: Seconds for which Telegram, in an answer to this bot, closed all chats; negative
            for those since it opened them, 0 from the start on.
    """

    share: float
    need: Need
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


def target(rate: float, needs: Sequence[Need], place: int) -> float:
    """Return what the bot at ``place`` is to have once all have told what they gave up.

    Whole calls as far as there are enough: a server that counts by the second takes no half. While
    a referral waits anywhere, the others keep a fifth for answers and next to nothing for reminders.
    """
    urgent, in_whole = max(needs) is Need.REFERRALS, math.floor(rate) >= 2 * len(needs)
    if not in_whole and not urgent:
        return rate / len(needs)
    least = Need.REFERRALS if urgent else Need.SOMETHING
    hungry = [number for number, need in enumerate(needs) if need >= least]
    hungry = hungry or list(range(len(needs)))
    keeps = _kept_while_urgent if urgent else _kept
    kept = [0 if number in hungry else keeps(rate, needs, number) for number in range(len(needs))]
    if place not in hungry:
        return kept[place]
    left = rate - sum(kept)
    if not in_whole:
        return left / len(hungry)
    each, over = divmod(math.floor(left), len(hungry))
    nth = hungry.index(place)
    return each + (nth < over) + (left - math.floor(left) if nth == 0 else 0)


def _kept(rate: float, needs: Sequence[Need], _place: int) -> float:
    """Return what stays with a bot that needs nothing, for what may come."""
    whole = math.floor(rate)
    return min(max(1, math.floor(whole * IDLE)), whole // len(needs))


def _kept_while_urgent(rate: float, needs: Sequence[Need], place: int) -> float:
    """Return what stays with a bot while a referral waits at another."""
    answers = rate * ANSWERS / needs.count(Need.ANSWERS) if needs[place] is Need.ANSWERS else 0.0
    part = max(answers, rate * IDLE / len(needs))
    return math.ceil(part) if math.floor(rate) >= 2 * len(needs) else part


def granted(rate: float, members: Sequence[Member], place: int) -> float:
    """Return what the bot at ``place`` may send: its target, as far as the others left it free."""
    taken = sum(one.share for number, one in enumerate(members) if number != place)
    aim = target(rate, [one.need for one in members], place)
    return max(0.0, min(aim, rate - taken))
