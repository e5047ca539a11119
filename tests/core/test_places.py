"""Every screen has a place of its own, and a place leads to its screen again."""

from dataclasses import replace

import pytest

from bot.core import actions as act
from bot.core import trail
from bot.core.actions import Action
from bot.core.content import Content
from bot.core.places import FIXED, action_at, place_of

OTHERS: list[Action] = [
    act.ShowTopic("relief"),
    act.ShowEntry("heat-or-cold"),
    act.ShowEntry("heat-or-cold", trail.topic_place("relief")),
    act.ShowSources("heat-or-cold", "T"),
    act.ShowFound(trail.found_place(("heat-or-cold", "stiff-neck"))),
]


@pytest.mark.parametrize("action", [*FIXED.values(), *OTHERS])
def test_the_place_of_a_screen_leads_to_it_again(content: Content, action: Action) -> None:
    place = place_of(action)

    assert trail.PATTERN.fullmatch(place)
    assert action_at(place, content) == action


def test_the_danger_signs_are_left_by_the_way_they_were_entered(content: Content) -> None:
    way = place_of(act.ShowDanger("R"))

    assert action_at(way, content) == act.ShowEntry("urgent-signs", "R")


@pytest.mark.parametrize("action", [act.Delete(), act.Done(4), act.ShowCard("b-eyes", 0)])
def test_no_way_leads_to_what_is_done_once_or_belongs_to_a_reminder(action: Action) -> None:
    assert place_of(action) == ""


def test_no_two_topics_or_entries_look_alike(content: Content) -> None:
    places = [trail.topic_place(topic.id) for topic in content.topics]
    places += [trail.code(entry) for entry in content.entries]

    assert len(set(places)) == len(places) == 52


def test_what_is_gone_is_passed_over_on_the_way_back(content: Content) -> None:
    less = {name: entry for name, entry in content.entries.items() if name != "stiff-neck"}
    way = "R" + trail.sources_place("stiff-neck") + trail.code("stiff-neck")

    assert action_at(way, replace(content, entries=less)) == act.ShowReminders()
    assert action_at("zzz", content) is None
