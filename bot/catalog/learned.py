"""content/triage/learned.json <-> weights of the learned part of the screening."""

import json
import zlib
from array import array
from base64 import b64decode, b64encode
from collections.abc import Mapping
from itertools import chain
from math import isfinite
from pathlib import Path
from typing import Any

from bot.core.triage.learned import Weights
from bot.core.triage.pieces import Thesaurus, pair_number
from bot.errors import ContentError

NAME = "learned.json"
_MOST_BYTES = 8_000_000
_REMEDY = "make it again with `python -m bot teach`, or delete it: rules then decide alone."


def load_weights(folder: Path) -> Weights | None:
    """Return the weights in a folder of lexicons; None: it has none, and rules decide alone.

    Raises:
        ContentError: the file cannot be read or used.
    """
    file = folder / NAME
    try:
        return _weights(json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except OSError as error:
        problem = f"{file}: cannot be read ({error.strerror})."
        raise ContentError(problem, "make it a readable file.") from error
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError) as error:
        problem = f"{file}: is not what `teach` writes ({type(error).__name__})."
        raise ContentError(problem, _REMEDY) from error
    except (ValueError, zlib.error) as error:
        raise ContentError(f"{file}: cannot be used ({error}).", _REMEDY) from error


def save_weights(folder: Path, weights: Weights, taught_with: str) -> None:
    """Write the weights; ``taught_with`` is the digest of what they were taught with.

    Raises:
        ContentError: the file cannot be written.
    """
    words = {"kinds": weights.kinds, "thesaurus": weights.thesaurus.classes}
    told = {
        "about": "Weights of the learned part, made by `python -m bot teach`. See docs/triage.md.",
        "taught_with": taught_with,
        "unit": weights.unit,
        "bias": weights.bias,
        "agrees": weights.agrees,
        "sure": weights.sure,
        "careful": weights.careful,
        "classes": weights.thesaurus.size,
        "steps": _packed(array("b", weights.steps).tobytes()),
        "words": _packed(json.dumps(words, ensure_ascii=False, sort_keys=True).encode()),
    }
    file = folder / NAME
    try:
        file.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        problem = f"{file}: cannot be written ({error.strerror})."
        raise ContentError(problem, "let it be a file that you may write to.") from error


def _weights(told: Mapping[str, Any]) -> Weights:
    size = told["classes"]
    if type(size) is not int:
        raise ValueError("classes is no whole number")
    numbers = {key: float(told[key]) for key in ("unit", "bias", "agrees", "sure", "careful")}
    if not all(map(isfinite, numbers.values())):
        raise ValueError("a number has no end")
    words = json.loads(_unpacked(told["words"]))
    steps = _unpacked(told["steps"])
    if len(steps) != pair_number(size, size, 0):
        raise ValueError(f"it has {len(steps)} weights, not {pair_number(size, size, 0)}")
    return Weights(
        steps=array("b", steps),
        **numbers,
        thesaurus=Thesaurus(size, _classes(words["thesaurus"], size)),
        kinds=_kinds(words["kinds"]),
    )


def _classes(told: Mapping[str, list[int]], size: int) -> Mapping[str, tuple[int, ...]]:
    """Return the classes of each word; words of the same classes share one tuple."""
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}
    rows = ((word, tuple(numbers)) for word, numbers in told.items())
    classes = {word: shared.setdefault(numbers, numbers) for word, numbers in rows}
    if not all(type(n) is int and 0 <= n < size for n in chain.from_iterable(shared)):
        raise ValueError("a word has a class that is none")
    return classes


def _kinds(told: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[str, int]]:
    kinds = {stem: dict(counts) for stem, counts in told.items()}
    if not all(n > 0 for counts in kinds.values() for n in counts.values()):
        raise ValueError("a count of kinds is none")
    return kinds


def _packed(data: bytes) -> str:
    return b64encode(zlib.compress(data, 9)).decode()


def _unpacked(text: str) -> bytes:
    # what is cut off is told by its readers; a small file can unpack to a huge one
    return zlib.decompressobj().decompress(b64decode(text, validate=True), _MOST_BYTES)
