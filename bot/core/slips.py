"""One slip of the finger: a letter wrong, missing, too many, or two exchanged. Pure."""

from collections import defaultdict
from collections.abc import Iterable


class Neighbours:
    """Known words by their parts, to find the one that is one slip away."""

    def __init__(self, words: Iterable[str], safe: int) -> None:
        """``safe``: from this length on one letter may be a wrong one."""
        self._safe = safe
        self._by_part: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words):
            for part in _parts(word):
                self._by_part[part].append(word)

    def nearest(self, word: str) -> str | None:
        """Return the known word one slip away, with the same first letter; None: there is none."""
        close = {
            known
            for part in _parts(word)
            for known in self._by_part.get(part, ())
            if known[:1] == word[:1] and one_slip(word, known)
            if len(word) >= self._safe or len(word) != len(known) or sorted(word) == sorted(known)
        }
        return min(close, key=lambda known: (abs(len(known) - len(word)), known), default=None)


def one_slip(word: str, known: str) -> bool:
    """Whether words of almost one length differ by one letter, or by two neighbours exchanged."""
    short, long = sorted((word, known), key=len)
    same = next(
        (at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short)
    )
    rest, other = short[same:], long[same:]
    if len(short) < len(long):
        return rest == other[1:]
    return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])


def _parts(word: str) -> set[str]:
    """Return the word and each form of it with one letter left out."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
