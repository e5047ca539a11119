"""Labelled messages -> core types: what the learned part is taught and measured with.

A folder of voices has one file a voice and language, ``<language>-<voice>.tsv`` (label, category,
text), ``voices.toml``, which says of each voice what it is for, and ``thesaurus-<language>.toml``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.catalog.files import read
from bot.catalog.problems import Findings
from bot.catalog.sources import read_table
from bot.catalog.tables import Table
from bot.core.triage.normalise import normalise
from bot.core.triage.phrases import Stem
from bot.core.triage.pieces import Thesaurus
from bot.core.triage.words import split
from bot.errors import ContentError

LABELS = frozenset({"acute", "negated", "benign"})
ROLES = frozenset({"teaches", "tests"})
_FIELDS = 3
_LONGEST_ENTRY = 2


@dataclass(frozen=True, slots=True)
class Message:
    """One labelled message.

    Attributes:
        voice: Who might have written it.
        language: Language of its file; the message may mix others in.
        label: One of LABELS.
        category: What is named or denied; of a benign one ``ordinary`` or ``near`` (a near-miss).
    """

    voice: str
    language: str
    label: str
    category: str
    text: str


@dataclass(frozen=True, slots=True)
class Voice:
    """One way of writing.

    Attributes:
        role: Whether its messages teach, or only test.
        tested: When its first score was taken, an ISO date; "" for one that never tested.
        about: Who writes so.
    """

    name: str
    role: str
    tested: str
    about: str


def read_voices(folder: Path) -> Mapping[str, Voice]:
    """Return the voices of a folder by name, in the order of its ``voices.toml``.

    Raises:
        ContentError: the file cannot be read or used.
    """
    findings = Findings()
    root = read_table(folder / "voices.toml", findings)
    tables = {name: root.table(name) for name in root.data} if root else {}
    voices = {name: _voice(name, table) for name, table in tables.items() if table}
    findings.raise_first()
    return voices


def _voice(name: str, table: Table) -> Voice:
    role, about = table.text("role"), table.text("about")
    tested = table.day("tested") if table.has("tested") else ""
    if role not in ROLES:
        roles = " or ".join(map(repr, sorted(ROLES)))
        table.problem("role", f"{role!r} is no role.", f"write {roles}.")
    return Voice(name, role, tested, about)


def read_messages(folder: Path, voice: str) -> Iterator[Message]:
    """Yield the messages of one voice, language by language.

    Raises:
        ContentError: a file cannot be read, or a line has no label, category and text.
    """
    files = sorted(folder.glob(f"*-{voice}.tsv"))
    if not files:
        raise ContentError(f"{folder}: voice {voice} has no file.", f"add <language>-{voice}.tsv.")
    for file in files:
        language = file.name.partition("-")[0]
        for number, line in enumerate(_lines(file), 1):
            fields = line.split("\t")
            if len(fields) != _FIELDS or fields[0] not in LABELS or not all(fields):
                raise ContentError(
                    f"{file}:{number}: This is not a label, a category and a text, tabs between.",
                    f"correct that line; labels are {', '.join(sorted(LABELS))}.",
                )
            yield Message(voice, language, *fields)


def read_thesaurus(folder: Path, stem: Stem) -> Thesaurus:
    """Return the classes of words of all languages: one line a class, NAME = ["word", ...].

    Entries of more than two words are left out, and those that end in ``*``.

    Raises:
        ContentError: a file cannot be read or used.
    """
    classes: dict[str, set[int]] = {}
    size = 0
    for entries in _lists(sorted(folder.glob("thesaurus-*.toml"))):
        for key in filter(None, (_key(entry, stem) for entry in entries)):
            classes.setdefault(key, set()).add(size)
        size += 1
    return Thesaurus(size, {key: tuple(sorted(numbers)) for key, numbers in classes.items()})


def _lists(files: Iterable[Path]) -> Iterator[tuple[str, ...]]:
    """Yield the texts of each key of the files, in their order."""
    findings = Findings()
    for file in files:
        root = read_table(file, findings)
        yield from (root.literals(name) for name in root.data) if root else ()
        findings.raise_first()


def _key(entry: str, stem: Stem) -> str | None:
    words = split(normalise(entry)).text
    if not words or len(words) > _LONGEST_ENTRY or entry.endswith("*"):
        return None
    exact = "=" if entry.startswith("=") else ""
    return exact + words[0] if exact else " ".join(map(stem, words))


def digest(folder: Path, voices: Mapping[str, Voice]) -> str:
    """Return a checksum of all that teaches, whatever the order of the files."""
    teaching = [voice.name for voice in voices.values() if voice.role == "teaches"]
    files = sorted(file for name in teaching for file in folder.glob(f"*-{name}.tsv"))
    files += sorted(folder.glob("thesaurus-*.toml"))
    whole = sha256()
    for file in files:
        whole.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()


def _lines(file: Path) -> list[str]:
    findings = Findings()
    text = read(file, findings)
    findings.raise_first()
    return (text or "").removesuffix("\n").split("\n")
