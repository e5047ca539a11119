"""What suits a person."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.preferences import MORNING_MINUTES, OWN_DAYS_KEPT, Aspect, Preferences

TODAY = date(2026, 3, 2)


def test_nothing_is_left_out_until_somebody_says_so() -> None:
    new = Preferences()

    assert not any(new.without(aspect) for aspect in Aspect)
    assert new.minutes in MORNING_MINUTES
    assert not new.checked


@given(st.sampled_from(Aspect), st.booleans())
def test_leaving_one_thing_out_leaves_all_else_as_it_was(aspect: Aspect, out: bool) -> None:
    before = Preferences(20, hide_streaks=True, own_days=(TODAY,))
    after = before.leaving(aspect, out=out)

    assert after.without(aspect) is out
    assert after.leaving(aspect, out=False) == before


@given(st.lists(st.dates(), max_size=90))
def test_own_days_are_kept_once_in_order_and_only_the_latest(days: list[date]) -> None:
    kept = Preferences()
    for day in days:
        kept = kept.practised(day)

    assert list(kept.own_days) == sorted(set(kept.own_days))
    assert len(kept.own_days) <= OWN_DAYS_KEPT
    if len(set(days)) <= OWN_DAYS_KEPT:
        assert set(kept.own_days) == set(days)


def test_the_oldest_own_day_makes_room_for_the_newest() -> None:
    days = [TODAY - timedelta(days=n) for n in range(OWN_DAYS_KEPT)]
    kept = Preferences(own_days=tuple(sorted(days))).practised(TODAY + timedelta(days=1))

    assert len(kept.own_days) == OWN_DAYS_KEPT
    assert min(days) not in kept.own_days
