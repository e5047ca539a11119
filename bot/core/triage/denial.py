"""Is a sign denied? Only ever used for a softer first line, never to stay silent."""

from collections.abc import Sequence

from bot.core.triage.match import Found
from bot.core.triage.phrases import Span
from bot.core.triage.words import Words


def is_denied(
    signs: Sequence[Span], *, rest: Sequence[Span], before: Found, after: Found, words: Words
) -> bool:
    """Whether a denial stands just before a sign, in its clause, or just after it, in its sentence.

    Just before leaves room for one word ("no high fever"). A denial that is itself part of what
    was found ("cannot feel") denies nothing.

    Args:
        signs: What may be denied.
        rest: What else the rule found.
        before: Where words stand that deny what follows.
        after: Where words stand that deny what they follow.
        words: The text.
    """
    parts = (*signs, *rest)
    return any(
        words.clause[start] == words.clause[sign[0]] and 0 <= sign[0] - end <= 1
        for start, end in _outside(parts, before)
        for sign in signs
    ) or any(
        words.sentence[start] == words.sentence[sign[0]] and 0 <= start - sign[1] <= 1
        for start, _ in _outside(parts, after)
        for sign in signs
    )


def _outside(parts: Sequence[Span], denials: Found) -> list[Span]:
    return [d for d in denials if all(d[1] <= first or end <= d[0] for first, end in parts)]
