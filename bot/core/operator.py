"""Who runs this bot, as far as a person reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operator:
    """What the operator filled in; "" where the content's own wording serves.

    Attributes:
        name: Who runs the bot.
        emergency_number: Number to call, such as "112".
        urgent_line: Whom to ask the same day.
        crisis_line: Whom to call with thoughts of self-harm.
        clinic_contact: How to reach the operator.
    """

    name: str = ""
    emergency_number: str = ""
    urgent_line: str = ""
    crisis_line: str = ""
    clinic_contact: str = ""
