"""How long a bot has been in touch with its database without a break."""

from dataclasses import dataclass

from bot.store.postgres.touch import BREAK_SECONDS, Touch


@dataclass
class Hand:
    at: float = 100.0

    def __call__(self) -> float:
        return self.at


def touch_after(*gaps: float) -> tuple[Touch, Hand]:
    """Return a touch that was felt after each of these pauses."""
    hand = Hand()
    touch = Touch(hand)
    for gap in gaps:
        hand.at += gap
        touch.felt()
    return touch, hand


def test_it_lasts_from_the_start_on_as_long_as_it_is_felt() -> None:
    touch, hand = touch_after(1, 1, 1)
    hand.at += 0.5

    assert touch.lasts() == 3.5


def test_a_break_lets_it_begin_anew_when_it_is_over() -> None:
    touch, _ = touch_after(60, BREAK_SECONDS, BREAK_SECONDS + 0.1, 1, 1)

    assert touch.lasts() == 2


def test_within_a_break_there_is_none() -> None:
    touch, hand = touch_after(1, 1)
    hand.at += BREAK_SECONDS + 0.1

    assert touch.lasts() == 0
