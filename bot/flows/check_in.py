"""The message of the check-in, a day after a referral; it fits whatever the reason was."""

from bot.core import actions as act
from bot.core.places import place_of
from bot.core.screens import Screen
from bot.flows.refer import ways_to_help
from bot.flows.voice import Voice

CHECK_IN = "check-in"


def check_in(voice: Voice, language: str, zone: str | None) -> Screen:
    """Return the question how somebody is, and what can be said to it."""
    button = voice.button
    rows = (
        (button(language, "referral.all-right", act.AllRight(), "success"),),
        (button(language, "check-in.unwell", act.Unwell()),),
        *ways_to_help(voice, language, place_of(act.ShowReminders())),
    )
    return Screen(voice.tell(language, CHECK_IN, zone=zone), rows, language)
