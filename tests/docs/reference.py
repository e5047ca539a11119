"""The parts of docs/reference that the code itself tells; ``make reference`` writes them anew."""

import argparse
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import annotated_types as limits
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.__main__ import COMMANDS, parser
from bot.catalog.folder import load
from bot.catalog.pages import PLACEHOLDER, read_page
from bot.catalog.problems import Findings
from bot.core.actions import Action
from bot.core.content import Content
from bot.core.places import FIXED
from bot.settings import BUILT_IN_CONTENT, PREFIX, Settings
from bot.telegram.callbacks import CODES, MAX_BYTES, VERSION, encode
from tests.docs.markdown import PART, REFERENCE, ROOT, table

RELEASED = (ROOT / "tests" / "data" / "callbacks.txt").read_text("utf-8").split()


def settings() -> str:
    """Return the table of settings."""
    found = [
        (f"`{PREFIX}{name.upper()}`", _default(field), _takes(field), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    return table(("name", "default", "takes", "what it is"), *found)


def _default(field: FieldInfo) -> str:
    if field.default == BUILT_IN_CONTENT:
        return "`content` of this program"
    return "" if field.default in {None, ""} else f"`{field.default}`"


def _takes(field: FieldInfo) -> str:
    kind = field.annotation
    inner = [one for one in get_args(kind) if one is not type(None)] or [kind]
    if get_origin(kind) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(kind))
    names = {str: "text", int: "whole number", float: "number", Path: "path"}
    name = "text, never shown" if inner[0] is SecretStr else names[inner[0]]
    return ", ".join([name, *map(_limit, field.metadata)])


def _limit(limit: object) -> str:
    match limit:
        case limits.Gt(low):
            return f"over {low}"
        case limits.Ge(low):
            return f"from {low}"
        case limits.Le(high):
            return f"at most {high}"
    raise TypeError(limit)


@cache
def _subparsers() -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    found = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return found[0]


def command(name: str) -> str:
    """Return how a command is called and what its options are."""
    summary = str({one.dest: one.help for one in _subparsers()._choices_actions}[name])
    options = [
        option
        for option in _subparsers().choices[name]._actions
        if not isinstance(option, argparse._HelpAction)
    ]
    called = " ".join(["python -m bot", name, *map(_called, options)])
    text = f"    {called}\n\n{summary[0].upper()}{summary[1:]}.\n"
    if options:
        rows = [(f"`{_named(one)}`", str(one.help), _default_of(one)) for one in options]
        text += "\n" + table(("option", "what it is", "default"), *rows)
    return text


def _named(option: argparse.Action) -> str:
    value = str(option.metavar or option.dest.upper())
    if not option.option_strings:
        return value
    return option.option_strings[0] + ("" if option.nargs == 0 else f" {value}")


def _called(option: argparse.Action) -> str:
    return _named(option) if option.required else f"[{_named(option)}]"


def _default_of(option: argparse.Action) -> str:
    if option.required:
        return "must be given"
    return f"`{option.default}`" if option.default else ""


def actions() -> str:
    """Return the table of all that a button can want."""
    return table(("after the language", "what it does", "example"), *map(_action, CODES))


def _action(kind: type[Action]) -> tuple[str, str, str]:
    code, shape = CODES[kind]
    data = code
    for form, field in zip(shape, fields(kind), strict=True):
        data += f"[:<{field.name}>]" if form.optional else f":<{field.name}>"
    example = next(one for one in RELEASED if one.split(":")[2] == code)
    return f"`{data}`", _sentence(kind.__doc__), f"`{example}`"


def _sentence(doc: str | None) -> str:
    return " ".join((doc or "").split()).replace("``", "`")


def forms() -> str:
    """Return how each field is written, with the version and the longest that a string may be."""
    names: dict[str, dict[str, None]] = {}
    for kind, (_, shape) in CODES.items():
        for form, field in zip(shape, fields(kind), strict=True):
            name = f"[{field.name}]" if form.optional else field.name
            names.setdefault(form.form, {})[f"`{name}`"] = None
    rows = [(", ".join(named), form) for form, named in names.items()]
    head = f"The version is `{VERSION}`; a string has at most {MAX_BYTES} bytes.\n\n"
    return head + table(("field", "is written as"), *rows)


def places() -> str:
    """Return the places of a trail that are always the same screens."""
    rows = [
        (f"`{place}`", f"`{encode(action, 'en').removeprefix('1:en:')}`")
        for place, action in FIXED.items()
    ]
    return table(("place", "shows again"), *rows)


@cache
def _content() -> Content:
    return load(BUILT_IN_CONTENT)


def texts() -> str:
    """Return the standard texts: their titles and what is filled in."""
    names = dict.fromkeys(name for name, _ in _content().texts)
    return table(("folder", "title", "fills in"), *map(_text, names))


def _text(name: str) -> tuple[str, str, str]:
    page = read_page(BUILT_IN_CONTENT / "texts" / name / "en.md", Findings())
    assert page is not None
    return f"`{name}`", page.head.text("title"), _listed(page.placeholders)


def lines() -> str:
    """Return the keys of the short lines, by the word before the dot, and what is filled in."""
    groups: dict[str, list[str]] = {}
    for key, said in _content().phrases["en"].lines.items():
        names = [f"{{{name}}}" for name in dict.fromkeys(PLACEHOLDER.findall("".join(said)))]
        groups.setdefault(key.partition(".")[0], []).append(f"`{' '.join([key, *names])}`")
    return "".join(f"- {', '.join(keys)}\n" for keys in groups.values())


def _listed(names: set[str]) -> str:
    return ", ".join(f"`{{{name}}}`" for name in sorted(names))


PARTS: Mapping[str, Callable[[], str]] = {
    "settings": settings,
    **{f"command {name}": partial(command, name) for name in COMMANDS},
    "actions": actions,
    "forms": forms,
    "places": places,
    "texts": texts,
    "lines": lines,
}


def renewed(text: str) -> str:
    """Return a document with the parts that the code tells as the code tells them now."""

    def part(found: "re.Match[str]") -> str:
        name: Any = found["name"]
        return f"<!-- from the code: {name} -->\n\n{PARTS[name]()}\n<!-- end -->"

    return PART.sub(part, text)


def main() -> None:
    """Write all documents of the folder anew."""
    for file in sorted(REFERENCE.glob("*.md")):
        file.write_text(renewed(file.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
