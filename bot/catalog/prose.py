"""Markdown prose -> blocks of text with spans. What cannot be drawn in a chat is a problem."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.catalog.problems import Findings
from bot.core.text import Span, SpanKind, Text, joined

MARKDOWN = MarkdownIt("commonmark").enable("table")
BULLET = Text("• ")
HTTPS = re.compile(r"https://[^\s/?#:@]")
REMNANTS = ("**", "](")  # what is left in the text when bold or a link was not closed

BREAKS = {"softbreak": " ", "hardbreak": "\n"}
SPANS: dict[str, SpanKind] = {"strong": "bold", "em": "italic", "link": "link"}
STRANGERS = {
    "html_block": "HTML",
    "html_inline": "HTML",
    "image": "a picture",
    "table_open": "a table",
    "fence": "a code block",
    "code_block": "a code block (a line set in by 4 spaces)",
    "code_inline": "code",
    "hr": "a rule",
    "ordered_list_open": "a numbered list",
}
ALLOWED = "use paragraphs, - lists, > quotes, # headings, **bold**, *italic*, [links](https://...)."


def blocks(file: Path, text: str, offset: int, findings: Findings) -> tuple[Text, ...]:
    """Return the prose as one text for each paragraph, list, quote or heading.

    Args:
        file: The file that the findings shall name.
        text: The prose alone.
        offset: Lines of the file before the prose.
        findings: Where problems are noted.
    """
    tokens = iter(MARKDOWN.parse(text))
    reader = _Reader(file, offset, findings)
    found = [reader.block(token, tokens) for token in tokens]
    return tuple(block for block in found if block is not None and block.plain)


@dataclass(frozen=True)
class _Reader:
    file: Path
    offset: int
    findings: Findings

    def block(self, token: Token, rest: Iterator[Token]) -> Text | None:
        """Return the block that ``token`` opens, or None where there is nothing to draw."""
        match token.type:
            case "inline":
                return self._inline(token)
            case "heading_open":
                line = self._inline(next(rest))
                inner = tuple(span for span in line.spans if span.kind != "bold")
                return Text(line.plain, (Span(0, len(line.plain), "bold"), *inner))
            case "bullet_list_open":
                return joined(tuple(self._items(rest)), "\n")
            case "blockquote_open":
                quote = joined(tuple(self._inside("blockquote_close", rest)), "\n")
                return Text(quote.plain, (Span(0, len(quote.plain), "quote"), *quote.spans))
        self._stranger(token, self._line(token))
        return None

    def _items(self, rest: Iterator[Token]) -> Iterator[Text]:
        for _item_open in _until("bullet_list_close", rest):
            item = joined(tuple(self._inside("list_item_close", rest)), "\n")
            yield joined((BULLET, item), "")

    def _inside(self, end: str, rest: Iterator[Token]) -> Iterator[Text]:
        """Yield the paragraphs of a list item or a quote; anything else in it is a problem."""
        for token in _until(end, rest):
            if token.type == "inline":
                yield self._inline(token)
            elif token.type in {"bullet_list_open", "blockquote_open", "heading_open"}:
                self._problem(self._line(token), "A list or quote holds more than paragraphs.")
                self.block(token, rest)
            else:
                self._stranger(token, self._line(token))

    def _inline(self, token: Token) -> Text:
        line = _Line()
        row = self._line(token)
        for child in token.children or []:
            if child.type.endswith("_open"):
                self._check_link(child, row)
            self._stranger(child, row)
            line.take(child)
            row += child.type in BREAKS
        for remnant in REMNANTS:
            if remnant in line.plain:
                self._problem(self._line(token), f"'{remnant}' is not closed or not allowed here.")
        return Text(line.plain, tuple(sorted(line.spans, key=lambda s: (s.start, -s.length))))

    def _check_link(self, token: Token, row: int) -> None:
        address = str(token.attrGet("href") or "")
        if token.type == "link_open" and not HTTPS.match(address):
            self._problem(row, "A link does not begin with https:// and the name of a site.")

    def _stranger(self, token: Token, row: int) -> None:
        if name := STRANGERS.get(token.type):
            self._problem(row, f"Here is {name}, which a chat cannot show.")

    def _problem(self, row: int, text: str) -> None:
        self.findings.problem(self.file, row, text, ALLOWED)

    def _line(self, token: Token) -> int:
        return self.offset + 1 + (token.map[0] if token.map else 0)


def _until(end: str, rest: Iterator[Token]) -> Iterator[Token]:
    """Yield the tokens before ``end`` and take that one, too; the others stay in ``rest``."""
    return takewhile(lambda token: token.type != end, rest)


@dataclass
class _Line:
    """Inline tokens on their way to a text; offsets count code points."""

    plain: str = ""
    spans: list[Span] = field(default_factory=list)
    _open: list[tuple[int, str]] = field(default_factory=list)

    def take(self, token: Token) -> None:
        """Add one token's text, or open or close its span."""
        self.plain += BREAKS.get(token.type, token.content if token.type == "text" else "")
        if token.type.endswith("_open"):
            self._open.append((len(self.plain), str(token.attrGet("href") or "")))
        elif token.type.endswith("_close"):
            start, value = self._open.pop()
            if len(self.plain) > start:
                kind = SPANS[token.type.removesuffix("_close")]
                self.spans.append(Span(start, len(self.plain) - start, kind, value))
