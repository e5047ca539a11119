"""``python -m bot triage``: a message per line in, a verdict per line out, as JSON."""

import argparse
import json
import sys
from collections.abc import Iterable
from typing import TextIO

from bot.catalog.screening import load_screener
from bot.commands.pipe import reader_gone
from bot.core.triage.screener import Screener
from bot.core.triage.verdict import Verdict


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the main parser, which knows ``content`` (a Path)."""
    parser = subparsers.add_parser("triage", help="say of each message read whether it is acute")
    parser.add_argument(
        "--explain",
        action="store_true",
        help="also say the score, and which words made which rule hold",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer each line of standard input; return the exit status.

    It is 1 if the reader went away. Bytes that are not UTF-8 are replaced, so that a line is never
    lost.
    """
    screener = load_screener(args.content / "triage")
    lines = (line.decode("utf-8", errors="replace") for line in sys.stdin.buffer)
    try:
        answer(screener, lines, sys.stdout, explain=args.explain)
    except BrokenPipeError:
        return reader_gone()
    return 0


def answer(screener: Screener, lines: Iterable[str], out: TextIO, *, explain: bool) -> None:
    """Write one JSON object a line, each flushed before the next line is read."""
    for line in lines:
        verdict = screener.screen(line.rstrip("\r\n"))
        print(
            json.dumps(_as_json(verdict, explain=explain), ensure_ascii=False), file=out, flush=True
        )


def _as_json(verdict: Verdict, *, explain: bool) -> dict[str, object]:
    said: dict[str, object] = {
        "referral": verdict.referral,
        "urgency": verdict.urgency.value,
        "categories": list(verdict.categories),
    }
    if explain:
        said["language"] = verdict.language
        said["score"] = None if verdict.score is None else round(verdict.score, 2)
        said["evidence"] = [
            {"rule": e.rule, "words": list(e.words), "denied": e.denied} for e in verdict.evidence
        ]
    return said
