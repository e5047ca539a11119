"""What a button can want. Each carries the wanted value, so a repeated tap changes nothing."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Home:
    """Show the main menu."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Use ``language`` from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class ShowTopics:
    """Show the topics of the questions and answers."""


@dataclass(frozen=True, slots=True)
class ShowTopic:
    """Show the entries of one topic."""

    topic: str


@dataclass(frozen=True, slots=True)
class ShowEntry:
    """Show one answer."""

    entry: str


@dataclass(frozen=True, slots=True)
class ShowDanger:
    """Show the danger signs; reachable from every screen."""


@dataclass(frozen=True, slots=True)
class ShowExercises:
    """Show what exercise there is now."""


@dataclass(frozen=True, slots=True)
class ShowFinder:
    """Ask for words and say how an answer is found."""


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """Show language, zone and deletion."""


@dataclass(frozen=True, slots=True)
class ShowAbout:
    """Show who runs this and what it is not."""


@dataclass(frozen=True, slots=True)
class ShowPrivacy:
    """Show what is kept and what is not."""


@dataclass(frozen=True, slots=True)
class ShowReferralMore:
    """Show the longer half of the referral: the call, the wait, what not to do."""


@dataclass(frozen=True, slots=True)
class ShowReminders:
    """Show the reminders; asks for consent and zone first where they are missing."""


@dataclass(frozen=True, slots=True)
class Consent:
    """Agree (or not) that what reminders need is kept."""

    agreed: bool


@dataclass(frozen=True, slots=True)
class ShowZones:
    """Show one page of large cities, counted from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class SetZone:
    """Use the IANA zone ``zone``."""

    zone: str


@dataclass(frozen=True, slots=True)
class SetMorning:
    """Turn the morning reminder on or off."""

    on: bool


@dataclass(frozen=True, slots=True)
class ShowTimes:
    """Show times for the morning reminder and wait for a typed one."""


@dataclass(frozen=True, slots=True)
class SetTime:
    """Ring the morning reminder at this local time of day."""

    at: time


@dataclass(frozen=True, slots=True)
class ShowDays:
    """Show the weekdays of the morning reminder."""


@dataclass(frozen=True, slots=True)
class SetDays:
    """Ring on exactly these ISO weekdays, 1 = Monday to 7 = Sunday."""

    weekdays: frozenset[int]


@dataclass(frozen=True, slots=True)
class Start:
    """Show the exercise of this occurrence, with its answers still below."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class Done:
    """The exercise of this occurrence was done."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class Later:
    """Ring once more for this occurrence, ``minutes`` after the tap."""

    occurrence: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Skip:
    """Let this occurrence go."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class AllRight:
    """The person is all right: the hold ends, reminders come again."""


@dataclass(frozen=True, slots=True)
class AskStop:
    """Ask whether all reminders shall stop."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop all reminders; settings stay."""


@dataclass(frozen=True, slots=True)
class AskDelete:
    """Ask whether everything shall be deleted."""


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete all that is kept about the person."""


Action = (
    Home
    | ChooseLanguage
    | ShowTopics
    | ShowTopic
    | ShowEntry
    | ShowDanger
    | ShowExercises
    | ShowFinder
    | ShowSettings
    | ShowAbout
    | ShowPrivacy
    | ShowReferralMore
    | ShowReminders
    | Consent
    | ShowZones
    | SetZone
    | SetMorning
    | ShowTimes
    | SetTime
    | ShowDays
    | SetDays
    | Start
    | Done
    | Later
    | Skip
    | AllRight
    | AskStop
    | Stop
    | AskDelete
    | Delete
)
