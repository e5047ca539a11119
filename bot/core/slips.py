"""One slip of the finger: a letter wrong, missing, too many, or two exchanged. Pure."""


def parts(word: str) -> set[str]:
    """Return the word and each form of it with one letter left out."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


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
