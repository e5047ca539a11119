"""Reads what /metrics shows, as strictly as its format is written."""

import re

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
VALUE = r"[+-]?(?:[0-9.]+(?:e[+-]?[0-9]+)?|Inf)|NaN"
LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"'
LINE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? ({VALUE})")
HEAD = re.compile(rf"# (HELP|TYPE) ({NAME}) (.+)")
SERIES = {"histogram": ("_bucket", "_sum", "_count")}

Labels = frozenset[tuple[str, str]]


def scraped(text: str) -> dict[tuple[str, Labels], float]:
    """Return the values by name and labels, having seen that each line is in its place."""
    values: dict[tuple[str, Labels], float] = {}
    kinds: dict[str, str] = {}
    now = ""
    assert not text or text.endswith("\n")
    for line in text.split("\n")[:-1]:
        if head := HEAD.fullmatch(line):
            word, now, rest = head.groups()
            assert now not in kinds, f"{now} comes twice"
            if word == "TYPE":
                kinds[now] = rest
            continue
        found = LINE.fullmatch(line)
        assert found, line
        name, labels = found[1], found[2] or ""
        allowed = [now + suffix for suffix in SERIES.get(kinds[now], ("",))]
        assert name in allowed, f"{name} stands under {now}"
        key = name, frozenset((one, _plain(said)) for one, said in re.findall(LABEL, labels))
        assert key not in values, f"{line} comes twice"
        values[key] = float(found.groups()[-1])
    return values


def value(text: str, name: str, **labels: str) -> float | None:
    """Return one value; None: it is not shown."""
    return scraped(text).get((name, frozenset(labels.items())))


def names(text: str) -> set[str]:
    """Return the metrics shown."""
    return {head[2] for head in HEAD.finditer(text)}


def _plain(said: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], said)
