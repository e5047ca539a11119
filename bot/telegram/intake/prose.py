"""The words of what a message is made of instead of text: a poll, a checklist, a rich message."""

from collections.abc import Mapping
from typing import Any

READ = (
    *("title", "question", "text", "alternative_text", "caption", "credit", "summary", "label"),
    *("description", "explanation", "options", "tasks", "blocks", "items", "cells"),
)
"""Under these names stands what a person reads of it."""

LINES = ("paragraph", "heading", "pre", "footer", "pullquote", "thinking")
"""Types of parts whose text is a line; of all other types it is a stretch of one."""


def prose(whole: object) -> str:
    """Return all words in their order; "" for anything of another shape.

    Without recursion, so that no depth can harm. The stretches of a line stay together, so that a
    word in bold does not tear its sentence.
    """
    found: list[str] = []
    waiting = [whole]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, list):
            waiting += reversed(part)
        elif isinstance(part, Mapping):
            for name in reversed([name for name in READ if name in part]):
                waiting += ["\n", part[name]] if _ends_line(name, part) else [part[name]]
    return "".join(found).strip()


def _ends_line(name: str, part: Mapping[str, Any]) -> bool:
    return name not in {"text", "alternative_text"} or part.get("type", LINES[0]) in LINES
