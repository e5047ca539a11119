"""Prose as the core knows it: plain text with spans; no markup language, no UTF-16."""

from dataclasses import dataclass
from typing import Literal

SpanKind = Literal["bold", "italic", "link", "quote", "fold", "moment", "number"]

NUMBER = "emergency_number"
"""The slot whose filling stays marked: another country has another number."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that is drawn in its own way.

    Attributes:
        start: First code point, counted from 0.
        length: In code points.
        kind: How it is drawn; "fold" is a quote of which the first lines show until it is
            tapped, "moment" shows a point in time in the reader's own zone, "number" is drawn
            like any text and says where an emergency number stands.
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

    @property
    def names_number(self) -> bool:
        """Whether an emergency number stands in it."""
        return any(span.kind == "number" for span in self.spans)

    def with_number(self, number: str) -> "Text":
        """Return the text with ``number`` in place of each emergency number."""
        text = self
        for place, span in enumerate(self.spans):
            if span.kind == "number":
                now = text.spans[place]
                text = text._put(now.start, now.length, number)
        return text

    def _replace(self, slot: str, value: str) -> "Text":
        text = self
        while (at := text.plain.find(slot)) >= 0:
            text = text._put(at, len(slot), value)
            if slot == "{" + NUMBER + "}":
                mark = Span(at, len(value), "number")
                text = Text(text.plain, (*text.spans, mark))
            if slot in value:
                break
        return text

    def _put(self, at: int, length: int, value: str) -> "Text":
        plain = self.plain[:at] + value + self.plain[at + length :]
        return Text(plain, tuple(_moved(span, at, length, len(value)) for span in self.spans))


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
