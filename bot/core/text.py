"""Prose as the core knows it: plain text with spans; no markup language, no UTF-16."""

from dataclasses import dataclass
from typing import Literal

SpanKind = Literal["bold", "italic", "link", "quote", "fold", "moment"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that is drawn in its own way.

    Attributes:
        start: First code point, counted from 0.
        length: In code points.
        kind: How it is drawn; "fold" is a quote of which the first lines show until it is
            tapped, "moment" shows a point in time in the reader's own zone.
        value: The address of a link; for a moment, whole seconds since 1970 in UTC.
    """

    start: int
    length: int
    kind: SpanKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One block of prose; offsets of its spans count code points of ``plain``."""

    plain: str
    spans: tuple[Span, ...] = ()

    def fill(self, **values: str) -> "Text":
        """Return the text with each ``{name}`` replaced, spans moved along.

        A name without a value stays as it is.
        """
        text = self
        for name, value in values.items():
            text = text._replace("{" + name + "}", value)
        return text

    def _replace(self, slot: str, value: str) -> "Text":
        plain, spans = self.plain, self.spans
        while (at := plain.find(slot)) >= 0:
            plain = plain[:at] + value + plain[at + len(slot) :]
            spans = tuple(_moved(span, at, len(slot), len(value)) for span in spans)
            if slot in value:
                break
        return Text(plain, spans)


def _moved(span: Span, at: int, old: int, new: int) -> Span:
    """Return ``span`` after ``old`` code points at ``at`` became ``new``."""
    if span.start + span.length <= at:
        return span
    if span.start >= at + old:
        return Span(span.start + new - old, span.length, span.kind, span.value)
    return Span(span.start, span.length + new - old, span.kind, span.value)


def heading(text: str) -> Text:
    """Return ``text`` as a bold block."""
    return Text(text, (Span(0, len(text), "bold"),))


def joined(blocks: tuple[Text, ...], gap: str = "\n\n") -> Text:
    """Return the blocks as one text, with ``gap`` between them."""
    plain = ""
    spans: list[Span] = []
    for block in blocks:
        if plain:
            plain += gap
        spans += [Span(s.start + len(plain), s.length, s.kind, s.value) for s in block.spans]
        plain += block.plain
    return Text(plain, tuple(spans))
