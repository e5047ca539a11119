"""What the screening of one message found."""

from dataclasses import dataclass
from enum import StrEnum

LEARNED = "learned"
SELF_HARM = "self_harm"
"""The category that comes before all others."""


class Urgency(StrEnum):
    """How soon a person needs help."""

    EMERGENCY = "emergency"  # emergency service or emergency department, now
    PROMPT = "prompt"  # a doctor: the same day for infection, else within days
    NONE = "none"  # nothing named, or every sign that is named is denied


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which words made which rule fire; for ``--explain``, never for a log.

    Attributes:
        category: Category of the rule.
        rule: Its id, unique within its language; LEARNED: the learned part was sure alone.
        words: The words as they were read, after normalising, in the order of the rule.
        denied: Whether the message says that it is not so.
    """

    category: str
    rule: str
    words: tuple[str, ...]
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result for one message.

    Attributes:
        referral: Whether the person must be told to get help. Denial never makes it False.
        urgency: Of the most urgent sign; NONE also when every sign is denied.
        categories: Most urgent first, self-harm before all.
        language: Language of the rule that decided; "" when none fired.
        evidence: One item a rule, most urgent first; without a referral, weak rules that the
            learned part did not agree with.
        score: What the learned part says, above 0 more like danger than not; None: there is none.
    """

    referral: bool
    urgency: Urgency
    categories: tuple[str, ...]
    language: str
    evidence: tuple[Evidence, ...]
    score: float | None = None


SILENT = Verdict(referral=False, urgency=Urgency.NONE, categories=(), language="", evidence=())
