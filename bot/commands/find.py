"""``python -m bot find``: a question per line in, the best answers per line out, as JSON."""

import argparse
import json
import sys
from collections.abc import Iterable
from typing import TextIO

from bot.catalog.folder import load
from bot.catalog.screening import load_screener
from bot.catalog.stems import stemmers
from bot.commands.pipe import reader_gone
from bot.core.search.finder import Finder
from bot.core.triage.screener import Screener


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the main parser, which knows ``content`` (a Path)."""
    parser = subparsers.add_parser("find", help="say which answers each question read leads to")
    parser.add_argument(
        "--lang", default="en", metavar="xx", help="language of the questions; all are understood"
    )
    parser.add_argument(
        "--explain", action="store_true", help="also say which words led to each answer"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer each line of standard input; return the exit status.

    It is 1 if the reader went away. Bytes that are not UTF-8 are replaced, so that a line is never
    lost.
    """
    content = load(args.content)
    if args.lang not in content.languages:
        known = ", ".join(content.languages)
        print(f"There is no language {args.lang!r}. Fix: use one of {known}.", file=sys.stderr)
        return 2
    screener = load_screener(args.content / "triage")
    finder = Finder(content, stemmers())
    lines = (line.decode("utf-8", errors="replace") for line in sys.stdin.buffer)
    try:
        answer(finder, screener, lines, sys.stdout, explain=args.explain)
    except BrokenPipeError:
        return reader_gone()
    return 0


def answer(
    finder: Finder, screener: Screener, lines: Iterable[str], out: TextIO, *, explain: bool
) -> None:
    """Write one JSON object a line, each flushed before the next line is read."""
    for line in lines:
        text = line.rstrip("\r\n")
        found = finder.find(text)
        said: dict[str, object] = {
            "entries": list(found.entries),
            "referral": screener.screen(text).referral,
        }
        if explain:
            said["strong"] = found.strong
            said["words"] = finder.explain(text)
        print(json.dumps(said, ensure_ascii=False), file=out, flush=True)
