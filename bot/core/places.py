"""Screens as places of a trail, and places as screens again. Pure.

A letter or sign is never given another screen: buttons that carry it stay in chats for ever.
"""

from collections.abc import Mapping
from functools import lru_cache

from bot.core import actions as act
from bot.core import trail
from bot.core.actions import Action
from bot.core.content import Content
from bot.core.referral import Occasion

DANGER_ENTRY = "urgent-signs"

FIXED: Mapping[str, Action] = {
    "A": act.ShowAbout(),
    "B": act.ShowBreaks(),
    "E": act.ShowReferralMore(),
    "F": act.ShowFinder(),
    "H": act.Home(),
    "K": act.ShowBreakRoutines(),
    "M": act.ShowMorning(),
    "N": act.ShowPause(),
    "P": act.ShowPrivacy(),
    "R": act.ShowReminders(),
    "S": act.ShowSettings(),
    "T": act.ShowTopics(),
    "U": act.ShowSuits(),
    "V": act.ItHurts(),
    "W": act.ShowWeek(),
    "X": act.ShowExercises(),
    "Z": act.ShowZones(),
    **{f"_{day}": act.ShowDayHours(day) for day in range(1, 8)},
    "_a": act.ShowTimes(),
    "_b": act.ShowDays(),
    "_c": act.ShowIntervals(),
    "_d": act.ShowHours(),
    "_e": act.ShowEachDay(),
    "_f": act.ShowLunch(),
    "_g": act.ShowPauseDates(),
    "_h": act.AskStop(),
    "_i": act.AskDelete(),
    "_j": act.ShowLength(5),
    "_k": act.ShowLength(10),
    "_l": act.ShowLength(20),
    "_m": act.ShowMinutes(),
    "_n": act.ShowAreas(),
    "_o": act.ShowPlace("chair"),
    "_p": act.ShowPlace("stand"),
    "_q": act.ShowPlace("mat"),
    "_r": act.ShowReferralMore(Occasion.PROMPT),
    "_s": act.ShowReferralMore(Occasion.DISTRESS),
    "_t": act.ShowReferralMore(Occasion.DENIED),
}
"""Screens that are always the same, by the place that stands for each."""

_PLACES = {action: place for place, action in FIXED.items()}


@lru_cache(maxsize=512)
def place_of(action: Action) -> str:
    """Return the trail to the screen that an action shows; "": no trail leads to it."""
    match action:
        case act.ShowTopic(topic):
            return trail.topic_place(topic)
        case act.ShowEntry(entry, came):
            return trail.pushed(came, trail.code(entry))
        case act.ShowSources(entry, came):
            return trail.pushed(came, trail.sources_place(entry))
        case act.ShowDanger(came):
            return trail.pushed(came, trail.code(DANGER_ENTRY))
        case act.ShowFound(found):
            return found
    return _PLACES.get(action, "")


def action_at(came: str, content: Content) -> Action | None:
    """Return what shows the newest place of a trail again; places that are gone are passed over.

    None: the trail leads nowhere.
    """
    while came:
        place, came = trail.popped(came)
        action = _shown(place, came, content)
        if action is not None:
            return action
    return None


def entry_of(code: str, content: Content) -> str:
    """Return the entry that a code stands for; "" where there is none any more."""
    return next((name for name in content.entries if trail.code(name) == code), "")


def _shown(place: str, before: str, content: Content) -> Action | None:
    if place in FIXED:
        return FIXED[place]
    if place.startswith(trail.FOUND):
        return act.ShowFound(place)
    if place.startswith(trail.SOURCES):
        entry = entry_of(place.removeprefix(trail.SOURCES), content)
        return act.ShowSources(entry, trail.fitted(before, entry)) if entry else None
    if entry := entry_of(place, content):
        return act.ShowEntry(entry, trail.fitted(before, entry))
    topics = (topic.id for topic in content.topics if trail.topic_place(topic.id) == place)
    return next((act.ShowTopic(topic) for topic in topics), None)
