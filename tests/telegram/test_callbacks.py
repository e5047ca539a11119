"""Buttons and their strings: all actions, hostile strings, and those already out in chats."""

import typing
from collections.abc import Callable
from datetime import UTC, datetime, time
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import actions as act
from bot.core import trail
from bot.core.actions import Action
from bot.core.referral import Occasion
from bot.telegram.callbacks import CODES, MAX_BYTES, decode, encode
from tests.actions import EVERY_ACTION

RELEASED = (Path(__file__).parents[1] / "data" / "callbacks.txt").read_text().split()

SLUGS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True)
LANGUAGES = st.from_regex(r"[a-z]{2,3}", fullmatch=True)
WAYS = st.lists(st.sampled_from(["imb", "R", "_d", ".imb", "~imb1b2---"]), max_size=3).map("".join)
FOUND = SLUGS.map(lambda slug: trail.found_place((slug, "stiff-neck")))
OCCURRENCES = st.integers(1, 2**63 - 1)
BARE = [
    typing.cast("Callable[[], Action]", kind) for kind, (_, shape) in CODES.items() if not shape
]
ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.sampled_from(BARE).map(lambda kind: kind()),
    st.builds(act.ChooseLanguage, LANGUAGES),
    st.builds(act.ShowTopic, SLUGS),
    st.builds(act.ShowEntry, SLUGS),
    st.builds(act.ShowEntry, st.just("massage-by-a-professional"), WAYS.map(trail.fitted)),
    st.builds(act.ShowSources, st.just("massage-by-a-professional"), WAYS.map(trail.fitted)),
    st.builds(act.ShowDanger, WAYS.map(trail.fitted)),
    st.builds(act.ShowFound, FOUND),
    st.builds(act.Consent, st.booleans()),
    st.builds(act.ShowZones, st.integers(0, 999)),
    st.builds(act.SetZone, st.sampled_from(["UTC", "Europe/Berlin", "America/Indiana/Knox"])),
    st.builds(act.SetMorning, st.booleans()),
    st.builds(act.SetTime, st.builds(time, st.integers(0, 23), st.integers(0, 59))),
    st.builds(act.SetDays, st.frozensets(st.integers(1, 7), min_size=1)),
    st.builds(act.InMeeting, st.integers(0, 2**33).map(lambda n: datetime.fromtimestamp(n, UTC))),
    st.builds(act.Start, OCCURRENCES),
    st.builds(act.Done, OCCURRENCES),
    st.builds(act.Later, OCCURRENCES, st.integers(1, 1440)),
    st.builds(act.Skip, OCCURRENCES),
)


def test_every_action_of_the_core_has_a_code_of_its_own() -> None:
    assert set(CODES) == EVERY_ACTION
    assert len({code for code, _ in CODES.values()}) == len(CODES)


def test_an_entry_reads_as_version_language_code_and_id() -> None:
    assert encode(act.ShowEntry("heat-or-cold"), "ru") == "1:ru:entry:heat-or-cold"


@given(ACTIONS, LANGUAGES)
def test_every_action_comes_back_as_it_was_in_at_most_64_bytes(
    action: Action, language: str
) -> None:
    data = encode(action, language)

    assert decode(data) == (language, action)
    assert len(data.encode()) <= MAX_BYTES


@pytest.mark.parametrize(
    "action",
    [
        act.ShowEntry("a" * 60),
        act.ShowEntry("жар"),
        act.ShowEntry("a:b"),
        act.Done(0),
        act.Later(1, 1441),
        act.SetDays(frozenset()),
        act.SetDays(frozenset({8})),
        act.SetTime(time(7, 30, 15)),
        act.SetZone("../../etc/passwd"),
        act.SetZone("America/" + "a" * 60),
    ],
)
def test_what_a_button_cannot_carry_is_an_error_when_it_is_drawn(action: Action) -> None:
    with pytest.raises(ValueError, match="no button can carry"):
        encode(action, "en")


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "1",
        "1:en",
        "0:en:home",
        "2:en:home",
        "01:en:home",
        "1:EN:home",
        "1:engl:home",
        "1:e:home",
        "1::home",
        "1:en:nothing",
        "1:en:home:",
        "1:en:home:x",
        "1:en:entry",
        "1:en:entry:",
        "1:en:entry:-a",
        "1:en:entry:A",
        "1:en:entry:жар",
        "1:en:entry:a\n",
        "1:en:entry:" + "a" * 60,
        "1:en:entry:a:",
        "1:en:entry:a:b",
        "1:en:entry:a:imb:imb",
        "1:en:danger:",
        "1:en:danger:" + "A" * 25,
        "1:en:danger:~---------",
        "1:en:danger-apart:R",
        "1:en:found",
        "1:en:found:imb",
        "1:en:found:~imb",
        "1:en:sources:a:ж",
        "1:en:consent:yes",
        "1:en:zones:-1",
        "1:en:zones:1000",
        "1:en:zones:01",
        "1:en:zones:²",
        "1:en:zones:١",
        "1:en:done:0",
        "1:en:done:9223372036854775808",
        "1:en:done:" + "9" * 45,
        "1:en:later:1",
        "1:en:later:1:0",
        "1:en:later:1:10:10",
        "1:en:time:2400",
        "1:en:time:0760",
        "1:en:time:7:30",
        "1:en:time:730",
        "1:en:on-days:",
        "1:en:on-days:0",
        "1:en:on-days:8",
        "1:en:on-days:21",
        "1:en:on-days:11",
        "1:en:zone:/etc/passwd",
        "1:en:zone:Europe/..",
        "1:en:zone:a/b/c/d",
        "1:en:zone:America/" + "a" * 60,
        " 1:en:home",
        "1:en:home\x00",
        "\ud800",
    ],
)
def test_a_string_that_we_did_not_write_is_no_action(data: str | None) -> None:
    assert decode(data) is None


def test_a_hundred_thousand_made_up_fields_never_raise() -> None:
    codes = ["entry", "consent", "zones", "zone", "time", "on-days", "done", "later"]
    fields = ["", "0", "7", "9" * 20, "0730", "ж", "\x00", "-", "on", "²", "a/b", "1e9"]
    tails = product(fields, repeat=3)
    strings = [f"1:en:{code}:{':'.join(tail)}" for tail in tails for code in codes]
    for data in strings * 8:
        decode(data)

    assert len(strings) * 8 > 100_000


@given(st.text(max_size=500))
def test_whatever_decodes_is_exactly_what_we_would_write(data: str) -> None:
    read = decode(data)

    assert read is None or encode(read[1], read[0]) == data


@pytest.mark.parametrize("data", RELEASED)
def test_a_button_released_once_works_for_ever(data: str) -> None:
    read = decode(data)

    assert read is not None
    assert encode(read[1], read[0]) == data


def test_each_code_has_a_released_example() -> None:
    assert {data.split(":")[2] for data in RELEASED} == {code for code, _ in CODES.values()}


def test_a_check_in_has_no_sound_that_a_made_up_button_could_turn_off() -> None:
    assert decode("1:en:silent:check-in:on") is None
    assert decode("1:en:silent:morning:on") is not None


def test_an_old_button_for_more_of_the_referral_still_shows_that_of_an_emergency() -> None:
    assert decode("1:en:referral") == ("en", act.ShowReferralMore(Occasion.EMERGENCY))
    assert decode("1:en:referral:emergency") is None
    assert decode("1:en:referral:toothache") is None
