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
MOST_CLASSES = 1_000
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


def _weights(told: Mapping[str, Any]) -> Weights:
    thesaurus = _thesaurus(told["classes"], told["thesaurus"])
    unit, bias, agrees, sure = (float(told[key]) for key in ("unit", "bias", "agrees", "sure"))
    if not all(map(isfinite, (unit, bias, agrees, sure))):
        raise ValueError("a number is none")
    return Weights(
        steps=_steps(told["steps"], pair_number(thesaurus.size, thesaurus.size, 0)),
        unit=unit,
        bias=bias,
        agrees=agrees,
        sure=sure,
        thesaurus=thesaurus,
        kinds=_kinds(told["kinds"]),
    )


def _thesaurus(size: object, classes: Mapping[str, Any]) -> Thesaurus:
    if type(size) is not int or not 0 <= size <= MOST_CLASSES:
        raise ValueError(f"classes is not a number from 0 to {MOST_CLASSES}")
    numbered = {key: tuple(numbers) for key, numbers in classes.items()}
    known = set(range(size))
    if not known.issuperset(chain.from_iterable(numbered.values())):
        raise ValueError("a word has a class that there is not")
    return Thesaurus(size, numbered)


def _steps(packed: str, wanted: int) -> "array[int]":
    """Return the weights; no more are unpacked than are wanted, whatever the file holds."""
    unpack = zlib.decompressobj()
    raw = unpack.decompress(b64decode(packed, validate=True), wanted + 1)
    if not unpack.eof or len(raw) != wanted:
        raise ValueError(f"there are not {wanted} weights")
    return array("b", raw)


def _kinds(told: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[str, int]]:
    kinds = {stem: dict(counts) for stem, counts in told.items()}
    if not all(type(n) is int and n > 0 for counts in kinds.values() for n in counts.values()):
        raise ValueError("kinds has what is no count")
    return kinds


def save_weights(folder: Path, weights: Weights, taught_with: str) -> None:
    """Write the weights; ``taught_with`` is the digest of what they were taught with.

    Raises:
        ContentError: the file cannot be written.
    """
    told = {
        "about": "Weights of the learned part, made by `python -m bot teach`. See docs/triage.md.",
        "taught_with": taught_with,
        "unit": weights.unit,
        "bias": weights.bias,
        "agrees": weights.agrees,
        "sure": weights.sure,
        "kinds": weights.kinds,
        "classes": weights.thesaurus.size,
        "thesaurus": weights.thesaurus.classes,
        "steps": b64encode(zlib.compress(array("b", weights.steps).tobytes(), 9)).decode(),
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    try:
        (folder / NAME).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        problem = f"{folder / NAME}: cannot be written ({error.strerror})."
        raise ContentError(
            problem, "let it be a file in a folder that you may write to."
        ) from error
