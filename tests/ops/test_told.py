from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.figures import Figures
from bot.core.path_health import PathHealth
from bot.core.plans import Fate, Kind, State
from bot.core.traffic import Traffic
from bot.ops import told
from tests.fakes import MORNING
from tests.ops.scraped import names, scraped, value
from tests.ops.shown import shown

FIGURES = Figures(
    made=9,
    ended={State.SENT: 4, State.STALE: 1},
    pending={State.DUE: 3, State.SENDING: 1},
    oldest_due=MORNING - timedelta(seconds=90),
    subscribers=6,
    plans={Kind.MORNING: 5, Kind.BREAK: 4},
    referrals={date(2026, 11, 22): 4, date(2026, 11, 23): 5},
    size=4096,
)


def of(figures: Figures) -> str:
    return shown(told.of_figures(figures, MORNING))


def test_what_came_due_ended_or_is_pending_and_nothing_is_missing() -> None:
    text = of(FIGURES)

    assert value(text, "unknot_occurrences_made_total") == 9
    assert value(text, "unknot_occurrences_ended_total", end="sent") == 4
    assert value(text, "unknot_occurrences_pending", state="due") == 3
    assert value(text, "unknot_conservation_difference") == 0


@pytest.mark.parametrize(("made", "difference"), [(10, 1), (8, -1)])
def test_what_is_missing_or_counted_twice_shows(made: int, difference: int) -> None:
    text = of(replace(FIGURES, made=made))

    assert value(text, "unknot_conservation_difference") == difference


def test_paid_messages_are_told_of_all_time_and_of_the_running_date() -> None:
    text = of(replace(FIGURES, paid=30, paid_today=4))

    assert value(text, "unknot_paid_messages_total") == 30
    assert value(text, "unknot_paid_messages_today") == 4


def test_the_oldest_due_reminder_has_an_age_and_none_has_the_age_0() -> None:
    assert value(of(FIGURES), "unknot_oldest_due_seconds") == 90
    assert value(of(replace(FIGURES, oldest_due=None)), "unknot_oldest_due_seconds") == 0


def test_fewer_than_five_people_are_not_told() -> None:
    text = of(replace(FIGURES, subscribers=4))

    assert value(of(FIGURES), "unknot_subscribers") == 6
    assert "unknot_subscribers" not in names(text)
    assert value(text, "unknot_plans", kind="morning") == 5
    assert value(text, "unknot_plans", kind="break") is None


def test_a_days_referrals_are_told_from_five_on() -> None:
    text = of(FIGURES)

    assert value(text, "unknot_referrals", day="2026-11-23") == 5
    assert value(text, "unknot_referrals", day="2026-11-22") is None


def passing(**one_more: str) -> str:
    """Return what is shown after one more call of a lane has waited and gone."""
    waiting, sent = (
        Counter(referral=4, answer=2, reminder=0),
        Counter(referral=7, answer=8, reminder=9),
    )
    waits = told.LaneWaits()
    for lane in one_more.values():
        sent[lane] += 1
        waiting[lane] += 1
        waits.note(lane, 0.3)
    traffic = Traffic(waiting, sent, refused=3, refused_all=1, rate=14.5, closed=2, all_closed=True)
    return shown({**told.of_traffic(traffic), **waits.samples()})


def test_a_referral_moves_what_an_answer_moves_and_no_more() -> None:
    assert passing(lane="referral") == passing(lane="answer") != passing()


def test_lanes_show_what_waits_what_went_and_how_long_it_took() -> None:
    text = passing(lane="answer")

    assert value(text, "unknot_lane_waiting", lane="answer") == 4 + 2 + 1
    assert value(text, "unknot_lane_waiting", lane="referral") is None
    assert value(text, "unknot_lane_sends_total", lane="reminder") == 9
    assert value(text, "unknot_lane_wait_seconds_bucket", lane="answer", le="0.1") == 0
    assert value(text, "unknot_lane_wait_seconds_bucket", lane="answer", le="0.5") == 1
    assert value(text, "unknot_lane_wait_seconds_count", lane="reminder") == 0
    assert value(text, "unknot_too_many_requests_total", closed="chat") == 2
    assert value(text, "unknot_too_many_requests_total", closed="all") == 1
    assert value(text, "unknot_send_rate") == 14.5
    assert value(text, "unknot_chats_closed") == 2
    assert value(text, "unknot_all_closed") == 1


def test_an_open_breaker_and_an_unproven_path_show() -> None:
    path = PathHealth()
    path.probed(works=True)
    calm = shown(told.of_path(path))
    for _ in range(5):
        path.note(Fate.IN_DOUBT, MORNING)
    broken = shown(told.of_path(path))

    assert value(calm, "unknot_breaker_open") == 0
    assert value(calm, "unknot_path_proven") == 1
    assert value(broken, "unknot_breaker_open") == 1
    assert value(broken, "unknot_path_proven") == 0


def test_updates_are_told_by_what_became_of_them() -> None:
    counts = {"handled": 5, "failed": 3, "dropped": 1, "referred": 9, "unnumbered": 2}
    text = shown(told.of_updates(counts, [12.5, 1.0], 3.0, None))

    assert value(text, "unknot_updates_total", end="handled") == 5
    assert value(text, "unknot_updates_total", end="unnumbered") == 2
    assert value(text, "unknot_updates_total", end="malformed") == 0
    assert value(text, "unknot_update_errors_total") == 3
    assert value(text, "unknot_open_updates") == 2
    assert value(text, "unknot_oldest_open_update_seconds") == 12.5
    assert value(text, "unknot_update_handled_age_seconds") == 3
    assert value(text, "unknot_telegram_contact_age_seconds") is None
    assert 9 not in scraped(text).values()


def test_what_runs_and_how_much_was_reviewed_is_told() -> None:
    text = shown(told.of_build({"bot": "1.0"}, ["draft", "draft", "planned"], MORNING))

    assert value(text, "unknot_build_info", bot="1.0") == 1
    assert value(text, "unknot_entries", status="draft") == 2
    assert value(text, "process_start_time_seconds") == MORNING.timestamp()


def test_versions_are_told_once_all_of_them_are_known() -> None:
    text = shown(told.of_build({"bot": "1.0", "content": ""}, [], MORNING))

    assert "unknot_build_info" not in names(text)


def test_each_check_of_readiness_is_a_number_too() -> None:
    text = shown(told.of_readiness({"database": True, "telegram": False}))

    assert value(text, "unknot_ready", check="database") == 1
    assert value(text, "unknot_ready", check="telegram") == 0
