"""Who goes next: the lanes, the rate, the chats that Telegram closed."""

import math
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.bucket import BURST, Bucket
from bot.telegram.pacing import FORGET_AT, Lane, Pacing, Ticket

RATE = 29.0


def pacing(rate: float = RATE) -> Pacing:
    return Pacing(rate, 0.0)


def message(lane: Lane, chat: object, deadline: float = math.inf) -> Ticket:
    return Ticket(lane, chat, message=True, deadline=deadline)


def run(paced: Pacing, until: float, start: float = 0.0) -> list[tuple[float, Ticket]]:
    """Take every ticket as soon as it can go; return each with its moment."""
    now, taken = start, []
    while now <= until:
        while ticket := paced.take(now):
            taken.append((now, ticket))
        wake = paced.wake_at(now)
        if wake == math.inf:
            break
        now = max(wake, now + 1e-6)
    return taken


def order(paced: Pacing) -> list[Lane]:
    return [ticket.lane for _, ticket in run(paced, 60.0)]


def offences(moments: list[float], limit: int) -> int:
    """Return how many calls a server refuses that counts over any closed second."""
    ends = zip(moments, moments[limit:], strict=False)
    return sum(later - sooner <= 1.0 for sooner, later in ends)


def refuse_all(paced: Pacing, seconds: float, now: float) -> None:
    paced.refuse("first", seconds, now)
    paced.refuse("second", seconds, now)


def test_what_is_not_wanted_when_its_turn_comes_takes_no_turn_from_those_behind_it() -> None:
    paced = pacing(1.0)
    for chat in range(1000):
        ticket = message(Lane.REMINDER, chat)
        ticket.wanted = lambda: False
        paced.add(ticket)
    paced.add(message(Lane.REMINDER, 7))
    taken = run(paced, 60.0)

    assert [at for at, _ in taken] == [0.0] * 1001
    assert [ticket.dropped for _, ticket in taken] == [True] * 1000 + [False]


def test_a_minute_of_reminders_uses_97_percent_of_the_rate_and_never_offends() -> None:
    paced = pacing()
    for chat in range(2000):
        paced.add(message(Lane.REMINDER, chat))
    moments = [at for at, _ in run(paced, 60.0)]

    assert len(moments) >= 0.97 * RATE * 60
    assert offences(moments, limit=30) == 0


def test_a_burst_after_a_quiet_spell_does_not_offend_either() -> None:
    paced = pacing()
    moments: list[float] = []
    for start in (0.0, 2.0, 2.9, 4.5):
        for chat in range(20):
            paced.add(message(Lane.REMINDER, (start, chat)))
        moments += [at for at, _ in run(paced, start + 0.9, start)]

    assert moments[:BURST] == [0.0] * BURST
    assert offences(moments, limit=30) == 0


def test_one_chat_gets_at_most_one_new_message_a_second() -> None:
    paced = pacing()
    for _ in range(5):
        paced.add(message(Lane.ANSWER, 7))
    moments = [at for at, _ in run(paced, 60.0)]

    assert len(moments) == 5
    assert all(later - sooner >= 1.0 - 1e-6 for sooner, later in pairwise(moments))


def test_edits_of_one_chat_do_not_wait_a_second() -> None:
    paced = pacing()
    for _ in range(5):
        paced.add(Ticket(Lane.ANSWER, 7, message=False))

    assert [at for at, _ in run(paced, 60.0)] == [0.0] * 5


def test_an_edit_does_not_hold_up_the_next_message_of_its_chat() -> None:
    paced = pacing()
    paced.add(Ticket(Lane.ANSWER, 7, message=False))
    paced.add(message(Lane.ANSWER, 7))

    assert [at for at, _ in run(paced, 60.0)] == [0.0] * 2


def test_a_referral_does_not_wait_for_the_second_of_its_chat() -> None:
    paced = pacing()
    paced.add(message(Lane.ANSWER, 7))
    assert paced.take(0.0)
    paced.add(message(Lane.REFERRAL, 7))

    assert paced.take(0.0)


def test_referrals_go_first_and_every_fifth_of_the_rest_is_a_reminder() -> None:
    paced = pacing()
    for chat in range(10):
        paced.add(message(Lane.REMINDER, chat))
        paced.add(message(Lane.ANSWER, 100 + chat))
    paced.add(message(Lane.REFERRAL, 200))
    answer, reminder = [Lane.ANSWER], [Lane.REMINDER]

    shared = answer * 4 + reminder + answer * 4 + reminder + answer * 2 + reminder * 8
    assert order(paced) == [Lane.REFERRAL, *shared]


def test_while_reminders_wait_answers_get_four_fifths_and_never_all() -> None:
    paced = pacing()
    for chat in range(300):
        paced.add(message(Lane.REMINDER, chat))
        paced.add(message(Lane.ANSWER, 1000 + chat))
    lanes = Counter(ticket.lane for at, ticket in run(paced, 5.0))

    assert lanes[Lane.ANSWER] == pytest.approx(4 * lanes[Lane.REMINDER], abs=4)


def test_reminders_use_all_of_the_rate_when_nothing_else_waits() -> None:
    paced = pacing()
    for chat in range(100):
        paced.add(message(Lane.REMINDER, chat))

    assert run(paced, 60.0)[-1][0] == pytest.approx((100 - BURST) / RATE, abs=0.2)


def test_an_answer_that_must_wait_for_its_chat_does_not_hold_up_others() -> None:
    paced = pacing()
    for chat in (7, 7, 8):
        paced.add(message(Lane.ANSWER, chat))

    assert [ticket.chat for _, ticket in run(paced, 0.5)] == [7, 8]


def test_a_429_closes_its_chat_for_its_time_and_no_other() -> None:
    paced = pacing()
    paced.refuse(7, 3.0, 0.0)
    for chat in (7, 8):
        paced.add(message(Lane.ANSWER, chat))

    assert [(at, ticket.chat) for at, ticket in run(paced, 60.0)] == [(0.0, 8), (3.0, 7)]


def test_a_429_closes_edits_too() -> None:
    paced = pacing()
    paced.refuse(7, 3.0, 0.0)
    paced.add(Ticket(Lane.ANSWER, 7, message=False))

    assert [at for at, _ in run(paced, 60.0)] == [3.0]


def test_a_shorter_429_does_not_open_a_chat_early() -> None:
    paced = pacing()
    paced.refuse(7, 30.0, 0.0)
    paced.refuse(7, 1.0, 0.0)

    assert paced.opens_at(7) == 30.0


def test_a_second_chats_429_within_5_seconds_closes_all() -> None:
    paced = pacing()
    paced.refuse(7, 3.0, 0.0)
    paced.refuse(8, 4.0, 5.0)
    paced.add(message(Lane.ANSWER, 9))

    assert [at for at, _ in run(paced, 60.0, start=5.0)] == [9.0]


@pytest.mark.parametrize(("chat", "at"), [(7, 1.0), (8, 5.1)])
def test_the_same_chat_again_or_one_much_later_closes_only_itself(chat: int, at: float) -> None:
    paced = pacing()
    paced.refuse(7, 3.0, 0.0)
    paced.refuse(chat, 3.0, at)

    assert paced.opens_at(9) < 0.0
    assert paced.rate(at) == RATE


def test_closing_all_halves_the_rate_which_climbs_back_in_a_minute() -> None:
    paced = pacing()
    refuse_all(paced, 2.0, 0.0)

    assert [paced.rate(at) for at in (0.0, 2.0, 32.0, 62.0, 99.0)] == pytest.approx(
        [RATE / 2, RATE / 2, RATE * 3 / 4, RATE, RATE]
    )


def test_what_passes_after_all_was_closed_grows_from_half_to_all_of_the_rate() -> None:
    paced = pacing()
    refuse_all(paced, 2.0, 0.0)
    for chat in range(3000):
        paced.add(message(Lane.ANSWER, chat))
    moments = [at for at, _ in run(paced, 90.0)]

    def passed(since: float, until: float) -> float:
        return sum(since <= at < until for at in moments) / (until - since)

    assert passed(0.0, 2.0) == 0.0
    assert passed(3.0, 7.0) == pytest.approx(RATE / 2, rel=0.1)
    assert passed(30.0, 34.0) == pytest.approx(RATE * 3 / 4, rel=0.05)
    assert passed(65.0, 85.0) >= 0.97 * RATE


def test_calls_under_way_when_all_was_closed_only_make_it_longer() -> None:
    paced = pacing()
    refuse_all(paced, 2.0, 0.0)
    paced.refuse("third", 4.0, 0.5)
    paced.refuse("fourth", 1.0, 0.6)

    assert paced.opens_at("any") == 4.5
    assert paced.rate(4.5) > RATE / 2


def test_a_referral_tries_once_at_once_when_all_is_closed_and_again_at_the_end() -> None:
    paced = pacing()
    refuse_all(paced, 4.0, 0.0)
    referral = message(Lane.REFERRAL, 9)
    paced.add(referral)
    assert paced.take(0.0) is referral

    referral.again = 60.0
    paced.add(referral)
    assert [at for at, _ in run(paced, 60.0)] == [4.0]


def test_however_long_its_chat_is_closed_a_referral_tries_again_when_it_said() -> None:
    paced = pacing()
    paced.refuse(9, 3600.0, 0.0)
    referral = message(Lane.REFERRAL, 9)
    referral.again = 60.0
    paced.add(referral)

    assert [round(at, 1) for at, _ in run(paced, 90.0)] == [60.0]


def test_a_referral_that_tries_a_closed_chat_again_closes_nobody_elses() -> None:
    paced = pacing()
    paced.refuse(8, 3600.0, 0.0)
    paced.refuse(9, 3600.0, 30.0)
    paced.refuse(8, 3540.0, 60.0)
    paced.refuse(9, 3570.0, 61.0)

    assert not paced.all_closed(61.0)
    assert paced.opens_at(9) == 3631.0


def test_reminders_of_a_closed_chat_are_sent_away_with_the_time_left() -> None:
    paced = pacing()
    closed, free = message(Lane.REMINDER, 7), message(Lane.REMINDER, 8)
    paced.refuse(7, 3.0, 0.0)
    paced.add(closed)
    paced.add(free)

    assert paced.hopeless(1.0) == [(closed, 2.0)]
    assert paced.waiting()[Lane.REMINDER] == 1


@pytest.mark.parametrize(("deadline", "gives_up"), [(2.9, True), (3.0, False), (5.0, False)])
def test_an_answer_gives_up_at_once_if_its_chat_opens_too_late(
    deadline: float, *, gives_up: bool
) -> None:
    paced = pacing()
    paced.refuse(7, 3.0, 0.0)
    paced.add(message(Lane.ANSWER, 7, deadline))

    assert bool(paced.hopeless(0.0)) is gives_up


def test_an_answer_gives_up_at_its_deadline() -> None:
    paced = pacing()
    late = message(Lane.ANSWER, 7, deadline=5.0)
    paced.add(late)

    assert paced.hopeless(4.9) == []
    assert [ticket for ticket, _ in paced.hopeless(5.0)] == [late]


def test_a_ticket_that_left_frees_its_place() -> None:
    paced = pacing()
    ticket = message(Lane.ANSWER, 7)
    paced.add(ticket)
    paced.leave(ticket)
    paced.leave(ticket)

    assert paced.take(0.0) is None
    assert paced.wake_at(0.0) == math.inf


def test_chats_of_long_ago_are_forgotten() -> None:
    paced = pacing(1000.0)
    for chat in range(FORGET_AT + 10):
        paced.add(message(Lane.ANSWER, chat))
        assert run(paced, chat + 1.0, start=float(chat))

    assert len(paced._next_in) <= 10


def test_a_rate_below_one_a_second_still_moves() -> None:
    paced = pacing(0.5)
    for chat in range(7):
        paced.add(message(Lane.ANSWER, chat))

    assert [round(at, 3) for at, _ in run(paced, 60.0)] == [0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0]


@given(
    st.lists(st.tuples(st.floats(0, 3), st.booleans()), max_size=120),
    st.floats(0.5, 60),
)
def test_no_window_holds_more_than_burst_and_rate_allow(
    steps: list[tuple[float, bool]], rate: float
) -> None:
    bucket, now, spent = Bucket(rate, 0.0), 0.0, []
    for wait, halve in steps:
        if halve:
            bucket.halve(now, now + wait)
        now = max(now + wait / 20, bucket.ready_at(now))
        bucket.spend(now)
        spent.append(now)

    for first, start in enumerate(spent):
        for count, end in enumerate(spent[first:], start=1):
            assert count <= BURST + rate * (end - start) + 1e-6


@given(st.lists(st.tuples(st.sampled_from(Lane), st.integers(1, 5)), max_size=60))
def test_whoever_waits_is_taken_exactly_once(calls: list[tuple[Lane, int]]) -> None:
    paced = pacing()
    tickets = [message(lane, chat) for lane, chat in calls]
    for ticket in tickets:
        paced.add(ticket)

    taken = Counter(id(ticket) for _, ticket in run(paced, 100.0))
    assert taken == Counter(map(id, tickets))


def test_paid_messages_pass_beside_the_free_ones_up_to_a_thousand_a_second() -> None:
    paced = pacing()
    for chat in range(4000):
        paced.add(message(Lane.PAID, chat))
    for chat in range(200):
        paced.add(message(Lane.ANSWER, 10_000 + chat))
    taken = run(paced, 3.0)
    paid = [at for at, ticket in taken if ticket.lane is Lane.PAID]
    free = [at for at, ticket in taken if ticket.lane is Lane.ANSWER]

    assert len(paid) >= 0.97 * (1000 - RATE) * 3
    assert len(free) >= 0.97 * RATE * 3
    assert offences(paid, limit=1000) == 0
    assert offences(free, limit=30) == 0


def test_when_all_is_closed_paid_messages_are_sent_away_and_halved_too() -> None:
    paced = pacing()
    paid = message(Lane.PAID, 9)
    paced.add(paid)
    refuse_all(paced, 2.0, 0.0)

    assert paced.hopeless(0.0) == [(paid, 2.0)]
    for chat in range(3000):
        paced.add(message(Lane.PAID, chat))
    later = [at for at, _ in run(paced, 4.0, start=2.0)]
    assert len(later) == pytest.approx((1000 - RATE), rel=0.05)


def test_a_free_message_waits_though_paid_ones_could_go() -> None:
    paced = pacing()
    for chat in range(BURST + 1):
        paced.add(message(Lane.REMINDER, chat))
    paced.add(message(Lane.PAID, 100))
    taken = run(paced, 0.0)

    assert [ticket.lane for _, ticket in taken] == [Lane.REMINDER] * BURST + [Lane.PAID]
    assert paced.wake_at(0.0) == pytest.approx(1 / RATE)


def test_room_is_what_could_go_at_once_beside_those_that_wait() -> None:
    paced = pacing()
    assert paced.room(0.0) == BURST

    paced.add(message(Lane.REMINDER, 1))
    paced.add(message(Lane.PAID, 2))
    assert paced.room(0.0) == BURST - 1

    assert len(run(paced, 0.0)) == 2
    for chat in range(10, 10 + BURST - 1):
        paced.add(message(Lane.REMINDER, chat))
    run(paced, 0.0)
    assert paced.room(0.0) == 0


def test_there_is_no_room_while_all_is_closed() -> None:
    paced = pacing()
    refuse_all(paced, 4.0, 0.0)

    assert paced.room(1.0) == 0


@pytest.mark.parametrize("rate", [10.0, 60.0])
def test_a_rate_that_is_changed_while_it_runs_holds_from_then_on(rate: float) -> None:
    paced = pacing()
    for chat in range(2000):
        paced.add(message(Lane.REMINDER, chat))
    run(paced, 5.0)
    paced.set_rate(rate, 5.0)
    moments = [at for at, _ in run(paced, 25.0, start=5.0)]

    assert paced.rate(25.0) == rate
    assert 0.97 * rate * 20 <= len(moments) <= rate * 20 + BURST
    assert offences(moments, limit=int(rate) + 1) == 0


def test_a_rate_that_is_changed_while_halved_climbs_back_to_the_new_one() -> None:
    paced = pacing()
    refuse_all(paced, 0.0, 0.0)
    paced.set_rate(10.0, 0.0)

    assert [paced.rate(at) for at in (0.0, 30.0, 60.0)] == pytest.approx([5.0, 7.5, 10.0])


def test_a_rate_near_a_thousand_leaves_paid_messages_a_little() -> None:
    paced = pacing(1000.0)
    paced.add(message(Lane.PAID, 1))

    assert paced.take(0.0)


def test_one_closing_that_is_heard_again_and_again_halves_the_rate_once() -> None:
    paced = pacing(20.0)
    for now in range(8):
        paced.heed(10.0 + now / 10, float(now))

    assert paced.rate(9.0) == 10.0
    assert not paced.all_closed(10.0)
    assert paced.rate(70.0) == 20.0


def test_who_comes_after_a_closing_climbs_with_the_others() -> None:
    paced = pacing(20.0)
    paced.heed(70.0, 100.0)
    assert paced.rate(100.0) == 15.0
    assert not paced.all_closed(100.0)
    late = pacing(20.0)
    late.heed(30.0, 100.0)

    assert late.rate(100.0) == 20.0


def test_a_longer_closing_is_kept_without_another_halving() -> None:
    paced = pacing(20.0)
    refuse_all(paced, 4.0, 0.0)
    paced.heed(30.0, 1.0)

    assert paced.all_closed(29.0)
    assert paced.rate(1.0) == 10.0
    assert paced.closed_for(1.0) == 3.0


def test_parts_of_the_rate_part_the_paid_messages_too() -> None:
    halves = [pacing(28.0) for _ in range(2)]
    sent = 0
    for paced in halves:
        paced.set_rate(14.0, 0.0, 28.0)
        for chat in range(2000):
            paced.add(message(Lane.PAID, chat))
        sent += len(run(paced, 1.0))

    assert 0.97 * 972 <= sent <= 972 + 2 * BURST
