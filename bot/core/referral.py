"""What a referral is about, as far as its words depend on it: nothing of it is kept. Pure."""

from enum import StrEnum

from bot.core.triage.verdict import SELF_HARM, Urgency, Verdict


class Occasion(StrEnum):
    """Why somebody gets a referral; it chooses the first line, and for distress the steps."""

    EMERGENCY = "emergency"
    PROMPT = "prompt"
    DISTRESS = "distress"  # words about wanting to die or about harming oneself
    DENIED = "denied"  # every sign that is named is denied

    @property
    def steps(self) -> str:
        """The name of the standard text with the steps to take."""
        return "distress" if self is Occasion.DISTRESS else "referral"

    @property
    def rests(self) -> bool:
        """Whether reminders rest after it."""
        return self is not Occasion.DENIED

    def covers(self, other: "Occasion") -> bool:
        """Return whether who has this referral before them needs no other steps for ``other``.

        A milder one does not answer a graver message, and distress has steps of its own.
        """
        return self.steps == other.steps and RANK[self] <= RANK[other]


RANK = {
    Occasion.DISTRESS: 0,
    Occasion.EMERGENCY: 0,
    Occasion.PROMPT: 1,
    Occasion.DENIED: 2,
}

_OF_URGENCY = {
    Urgency.EMERGENCY: Occasion.EMERGENCY,
    Urgency.PROMPT: Occasion.PROMPT,
    Urgency.NONE: Occasion.DENIED,
}


def occasion_of(verdict: Verdict) -> Occasion:
    """Return the occasion of a verdict that asks for a referral."""
    return Occasion.DISTRESS if SELF_HARM in verdict.categories else _OF_URGENCY[verdict.urgency]
