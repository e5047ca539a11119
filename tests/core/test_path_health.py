from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.path_health import LONGEST_REST, PathHealth
from bot.core.plans import Fate

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def after(*fates: Fate) -> PathHealth:
    """Return what is known after these sends."""
    health = PathHealth(proven=True)
    for fate in fates:
        health.note(fate, NOON)
    return health


BROKEN = [Fate.IN_DOUBT] * 5


def test_a_second_try_waits_until_another_send_got_through() -> None:
    health = after(Fate.IN_DOUBT)
    assert (health.proven, health.wide) == (False, False)

    health.note(Fate.SENT, NOON)
    assert (health.proven, health.wide) == (True, True)


def test_a_connection_that_cannot_be_made_takes_the_proof_away() -> None:
    health = after(Fate.SENT, Fate.NOT_SENT)

    assert (health.proven, health.wide) == (False, False)
    assert health.room(4, 0) == 4  # it costs nobody a try


def test_an_answer_about_one_chat_says_nothing_against_the_path() -> None:
    assert after(Fate.SENT, Fate.STOPPED).wide


def test_more_than_one_doubt_in_five_of_twenty_sends_opens_the_breaker() -> None:
    health = after(*[Fate.SENT] * 16, *[Fate.IN_DOUBT] * 4)
    assert not health.broken

    health.note(Fate.IN_DOUBT, NOON)
    assert health.broken


def test_a_good_probe_lets_one_send_try_and_opens_nothing() -> None:
    health = after(*BROKEN)
    assert health.room(9, 0) == 0

    health.probed(works=True)
    assert (health.broken, health.proven, health.wide) == (True, True, False)
    assert (health.room(9, 0), health.room(9, 1)) == (1, 0)


def test_a_try_that_arrived_after_a_probe_opens_the_path_wide() -> None:
    health = after(*BROKEN)
    health.probed(works=True)
    health.note(Fate.SENT, NOON)

    assert (health.broken, health.wide, health.room(9, 0)) == (False, True, 9)


def test_what_was_on_its_way_when_the_breaker_opened_does_not_close_it() -> None:
    health = after(*BROKEN, Fate.SENT)

    assert (health.broken, health.wide) == (True, False)


def test_an_answer_about_one_chat_leaves_the_try_to_the_next() -> None:
    health = after(*BROKEN)
    health.probed(works=True)
    assert health.may_risk(1)
    health.note(Fate.STOPPED, NOON)

    assert (health.wide, health.room(9, 0), health.may_risk(2)) == (False, 1, True)


def test_after_a_probe_what_has_no_try_to_spare_goes_alone_and_may_ask_twice() -> None:
    health = PathHealth()
    assert not health.may_risk(1)

    health.probed(works=True)
    assert [health.may_risk(number) for number in (1, 2, 1)] == [True, False, True]


def test_what_ends_without_its_try_leaves_it_to_another_and_to_nobody_elses_harm() -> None:
    health = PathHealth()
    health.probed(works=True)
    assert health.may_risk(1)
    health.untried(2)
    assert not health.may_risk(2)
    health.untried(1)

    assert health.may_risk(2)


def test_a_probe_that_nobody_made_use_of_proves_nothing_any_more() -> None:
    health = after(*BROKEN)
    health.probed(works=True)
    health.lapse()
    assert (health.proven, health.room(9, 0)) == (False, 0)

    opened = after(Fate.SENT)
    opened.lapse()
    assert opened.proven


def test_doubts_keep_their_places_until_a_message_arrives() -> None:
    health = after(Fate.SENT, Fate.IN_DOUBT, Fate.IN_DOUBT)
    assert (health.room(4, 0), health.room(4, 1), health.room(4, 3)) == (2, 1, 0)

    health.note(Fate.SENT, NOON)
    assert health.room(4, 1) == 3


def test_each_try_in_doubt_doubles_the_pause_up_to_five_minutes_and_an_arrival_ends_it() -> None:
    health, now, pauses = after(*BROKEN), NOON, []
    for _ in range(10):
        pause = SECOND
        while not health.may_probe(now + pause):
            pause += SECOND
        pauses.append(pause.total_seconds())
        now += pause
        health.probed(works=True)
        health.note(Fate.IN_DOUBT, now)
    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]

    health.probed(works=True)
    health.note(Fate.SENT, now)
    health.note(Fate.IN_DOUBT, now)
    assert health.may_probe(now + 2 * SECOND)


def test_a_probe_that_fails_comes_again_after_five_seconds() -> None:
    health = after(*BROKEN)
    health.probed(works=False, now=NOON)

    assert not health.may_probe(NOON + 4 * SECOND)
    assert health.may_probe(NOON + 5 * SECOND)


def test_a_probe_that_fails_narrows_what_was_wide() -> None:
    health = after(Fate.SENT)
    health.probed(works=False, now=NOON)

    assert (health.proven, health.wide) == (False, False)


@pytest.mark.parametrize(("doubts", "seconds"), [(0, 0), (1, 30), (2, 300), (9, 300)])
def test_a_second_try_waits_half_a_minute_after_one_doubt_and_minutes_after_more(
    doubts: int, seconds: int
) -> None:
    health = after(*[Fate.IN_DOUBT] * doubts)

    assert health.repeats_in(NOON) == seconds * SECOND
    assert health.repeats_in(NOON + seconds * SECOND) == timedelta()


def test_a_second_try_need_not_wait_once_a_message_arrived() -> None:
    assert after(Fate.IN_DOUBT, Fate.SENT).repeats_in(NOON) == timedelta()


@pytest.mark.parametrize("turned", [HOUR, -HOUR])
def test_a_clock_that_is_turned_makes_no_pause_longer(turned: timedelta) -> None:
    health = after(*BROKEN)

    assert health.may_probe(NOON + turned)
    assert health.repeats_in(NOON + turned) == timedelta()


def test_old_doubts_are_forgotten_after_twenty_good_sends() -> None:
    health = after(*[Fate.IN_DOUBT] * 4, *[Fate.SENT] * 20, *[Fate.IN_DOUBT] * 4)

    assert not health.broken


class Sends:
    """Sends as many as there is room for; asks by probes, all of which succeed."""

    def __init__(self, most: int) -> None:
        self.health = PathHealth()
        self.most = most
        self.now = NOON
        self.under_way = self.doubts = self.alone = self.probes = 0

    def begin(self) -> None:
        """Let go whatever may go, as the delivery does."""
        room = self.health.room(self.most, self.under_way)
        if not room and not self.under_way:
            self.now += LONGEST_REST
            assert self.health.may_probe(self.now)
            self.health.probed(works=True)
            self.probes += 1
            room = self.health.room(self.most, 0)
            assert room == 1
        if not self.health.wide and self.health.proven and self.probes:
            self.alone += room
        self.under_way += room

    def end(self, fate: Fate) -> None:
        """Let one come to its end."""
        self.under_way -= 1
        self.health.note(fate, self.now)
        self.doubts += fate is Fate.IN_DOUBT
        if self.health.wide:
            self.doubts = self.alone = self.probes = 0


@given(st.integers(1, 40), st.lists(st.sampled_from([*Fate, Fate.SENT, *[Fate.IN_DOUBT] * 9])))
def test_whatever_becomes_of_sends_no_more_are_in_doubt_than_were_under_way_or_tried_alone(
    most: int, fates: list[Fate]
) -> None:
    sends = Sends(most)
    for fate in fates:
        sends.begin()
        sends.end(fate)
        assert sends.under_way <= most
        assert sends.doubts <= most + sends.alone
