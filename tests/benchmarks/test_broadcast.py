"""How the fake Bot API holds a broadcast to Telegram's limits."""

import pytest

from benchmarks.broadcast import Broadcast


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(("paid", "most"), [(False, 30), (True, 1000)])
def test_a_seconds_worth_passes_at_once_and_the_next_is_refused(paid: bool, most: int) -> None:
    held = Broadcast(Hand())
    waits = [held.wait(chat, paid=paid) for chat in range(most + 1)]

    assert waits == [0] * most + [1]
    assert (held.taken, held.refused) == (most, 1)


def test_a_second_message_to_a_chat_within_a_second_is_refused() -> None:
    clock = Hand()
    held = Broadcast(clock)

    assert [held.wait(7, paid=False), held.wait(7, paid=False)] == [0, 1]
    clock.now += 1.0
    assert held.wait(7, paid=False) == 0


def test_paid_messages_leave_the_free_ones_their_room() -> None:
    held = Broadcast(Hand())
    for chat in range(1000):
        held.wait(chat, paid=True)

    assert held.wait(2000, paid=False) == 0


def test_what_is_told_reaches_from_the_first_to_the_last_and_to_the_last_paid_one() -> None:
    clock = Hand()
    held = Broadcast(clock)
    assert held.told()["seconds"] == 0.0
    for chat, paid in enumerate((False, True, False)):
        held.wait(chat, paid=paid)
        clock.now += 2.0
    told = held.told()

    assert (told["taken"], told["paid"], told["seconds"]) == (3, 1, 4.0)
    assert (told["while_paid"], told["paid_seconds"]) == (2, 2.0)
