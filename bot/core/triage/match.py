"""Does a rule hold? Signs near one another, in order, with a further one, and no veto."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.core.triage.phrases import Span

FAR = 30
"""How many words away the further sign of a rule may be."""
_MOST_TRIES = 64
_LONGEST_PHRASE = 8

Found = Sequence[Span]


@dataclass(frozen=True, slots=True)
class Shape:
    """How the signs of a rule must stand; see Rule for the meaning."""

    within: tuple[int, ...]
    in_order: bool


def match(
    shape: Shape, near: Sequence[Found], also: Found | None, vetoes: Found, sentence: Sequence[int]
) -> tuple[Span, ...] | None:
    """Return where the rule holds, a span for each sign, or None.

    Args:
        shape: Distances and order.
        near: For each sign where it stands, in the order of the text.
        also: Where the further sign stands; None: the rule needs none.
        vetoes: Where a veto stands; it silences its own sentence, no other.
        sentence: For each word of the text the number of its sentence.
    """
    if vetoes:
        near = [_outside(vetoes, found, sentence) for found in near]
    for signs in islice(_chains(shape, near, ()), _MOST_TRIES):
        if also is None:
            return signs
        if further := _further(signs, also):
            return (*signs, further)
    return None


def _outside(vetoes: Found, found: Found, sentence: Sequence[int]) -> Found:
    """Return the spans that touch no sentence with a veto."""
    silenced = {number for span in vetoes for number in _sentences(span, sentence)}
    return [span for span in found if silenced.isdisjoint(_sentences(span, sentence))]


def _sentences(span: Span, sentence: Sequence[int]) -> range:
    return range(sentence[span[0]], sentence[span[1] - 1] + 1)


def _further(signs: tuple[Span, ...], also: Found) -> Span | None:
    return next((s for s in also if _apart(s, signs) and _gap(s, signs) <= FAR), None)


def _chains(
    shape: Shape, near: Sequence[Found], signs: tuple[Span, ...]
) -> Iterable[tuple[Span, ...]]:
    """Yield each way to pick a place for every sign, near those picked before."""
    if len(signs) == len(near):
        yield signs
        return
    for span in _candidates(shape, near[len(signs)], signs):
        yield from _chains(shape, near, (*signs, span))


def _candidates(shape: Shape, found: Found, signs: tuple[Span, ...]) -> Iterable[Span]:
    if not signs:
        yield from found
        return
    within = shape.within[len(signs) - 1]
    start, end = signs[0] if len(signs) == 1 else (min(signs)[0], max(e for _, e in signs))
    first = bisect_left(found, (start - within - _LONGEST_PHRASE, 0))
    for span in islice(found, first, None):
        if span[0] >= end + within:
            break
        in_order = not shape.in_order or span[0] >= signs[-1][1]
        if in_order and _apart(span, signs) and _gap(span, signs) < within:
            yield span


def _apart(span: Span, signs: tuple[Span, ...]) -> bool:
    return all(span[0] >= end or span[1] <= start for start, end in signs)


def _gap(span: Span, signs: tuple[Span, ...]) -> int:
    """Return how many words lie between ``span`` and the stretch that ``signs`` cover."""
    start, end = min(s for s, _ in signs), max(e for _, e in signs)
    return max(span[0] - end, start - span[1], 0)
