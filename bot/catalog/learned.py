"""content/triage/learned.json <-> weights of the learned part of the screening."""

import json
import zlib
from array import array
from base64 import b64decode, b64encode
from binascii import Error as NoBase64Error
from collections.abc import Mapping
from pathlib import Path

from bot.core.triage.learned import Weights
from bot.core.triage.pieces import Thesaurus, pair_number
from bot.errors import ContentError

NAME = "learned.json"
_REMEDY = "make it again with `python -m bot teach`, or delete it: rules then decide alone."


def load_weights(folder: Path) -> Weights | None:
    """Return the weights in a folder of lexicons; None: it has none, and rules decide alone.

    Raises:
        ContentError: the file cannot be read or used.
    """
    file = folder / NAME
    if not file.exists():
        return None
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        words = json.loads(_unpacked(told["words"]))
        thesaurus = Thesaurus(int(told["classes"]), _classes(words["thesaurus"]))
        weights = Weights(
            steps=array("b", _unpacked(told["steps"])),
            unit=float(told["unit"]),
            bias=float(told["bias"]),
            agrees=float(told["agrees"]),
            sure=float(told["sure"]),
            thesaurus=thesaurus,
            kinds={str(stem): dict(counts) for stem, counts in words["kinds"].items()},
        )
    except (
        OSError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        NoBase64Error,
        zlib.error,
    ) as error:
        raise ContentError(f"{file}: cannot be used ({type(error).__name__}).", _REMEDY) from error
    wanted = pair_number(thesaurus.size, thesaurus.size, 0)
    if len(weights.steps) != wanted:
        raise ContentError(f"{file}: has {len(weights.steps)} weights, not {wanted}.", _REMEDY)
    return weights


def save_weights(folder: Path, weights: Weights, taught_with: str) -> None:
    """Write the weights; ``taught_with`` is the digest of what they were taught with."""
    words = {"kinds": weights.kinds, "thesaurus": weights.thesaurus.classes}
    told = {
        "about": "Weights of the learned part, made by `python -m bot teach`. See docs/triage.md.",
        "taught_with": taught_with,
        "unit": weights.unit,
        "bias": weights.bias,
        "agrees": weights.agrees,
        "sure": weights.sure,
        "classes": weights.thesaurus.size,
        "steps": _packed(array("b", weights.steps).tobytes()),
        "words": _packed(json.dumps(words, ensure_ascii=False, sort_keys=True).encode()),
    }
    (folder / NAME).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def _classes(told: Mapping[str, list[int]]) -> Mapping[str, tuple[int, ...]]:
    """Return the classes of each word; words of the same classes share one tuple."""
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}
    rows = ((word, tuple(numbers)) for word, numbers in told.items())
    return {word: shared.setdefault(numbers, numbers) for word, numbers in rows}


def _packed(data: bytes) -> str:
    return b64encode(zlib.compress(data, 9)).decode()


def _unpacked(text: str) -> bytes:
    return zlib.decompress(b64decode(text, validate=True))
