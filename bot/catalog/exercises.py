"""The exercises: one folder each, with what has no language apart from the wordings."""

from pathlib import Path
from typing import cast, get_args

from bot.catalog.files import check_strangers, named_folders
from bot.catalog.films import read_film
from bot.catalog.pages import Page, read_page
from bot.catalog.problems import Findings
from bot.catalog.reviews import of_exercise, read_review
from bot.catalog.sources import read_table
from bot.catalog.tables import Table
from bot.core.content import Source
from bot.core.exercises import Dose, Exercise, ExerciseWording, Place
from bot.core.text import joined

MOST_STEPS = 4
LONGEST_CARD = 1024  # UTF-16 units; a card with a film is its caption
STATES = ("draft", "reviewed")
FILM, POSTER = "move.mp4", "poster.png"


def read_exercises(
    folder: Path, languages: tuple[str, ...], sources: dict[str, Source], findings: Findings
) -> dict[str, Exercise]:
    """Return the exercises by id; a folder about another subject has none."""
    found: dict[str, Exercise] = {}
    for path in named_folders(folder, findings) if folder.exists() else []:
        known = {"exercise.toml", FILM, POSTER, *(f"{language}.md" for language in languages)}
        check_strangers(path, known, findings)
        pages = {
            language: page
            for language in languages
            if (page := read_page(path / f"{language}.md", findings)) is not None
        }
        wording = {language: _wording(page) for language, page in pages.items()}
        table = read_table(path / "exercise.toml", findings)
        if table is not None:
            found[path.name] = _exercise(path, table, wording, sources)
    return found


def _exercise(
    folder: Path,
    table: Table,
    wording: dict[str, ExerciseWording],
    sources: dict[str, Source],
) -> Exercise:
    dose = Dose(
        table.number("times"),
        table.amount("hold"),
        table.amount("each_way"),
        table.flag("sides"),
        table.number("seconds"),
    )
    exercise = Exercise(
        folder.name,
        table.text("area"),
        _places(table),
        dose,
        wording,
        _there(folder / FILM),
        _there(folder / POSTER),
        read_film(film, dose) if table.has("film") and (film := table.table("film")) else None,
    )
    _check_record(table, sources, of_exercise(exercise))
    table.close()
    return exercise


def _there(file: Path) -> Path | None:
    return file if file.exists() else None


def _places(table: Table) -> tuple[Place, ...]:
    places = table.texts("places")
    for place in places:
        if place not in get_args(Place):
            known = ", ".join(get_args(Place))
            table.problem("places", f"Unknown place {place!r}.", f"use some of {known}.", place)
    return cast("tuple[Place, ...]", places)


def _check_record(table: Table, sources: dict[str, Source], digest: str) -> None:
    """Note sources that are not on record, and say who has not read it as it is now."""
    table.number("version")
    for code in table.texts("sources"):
        if code not in sources:
            text = f"Source {code!r} is not in sources.toml."
            table.problem("sources", text, "add it there, or correct it.", code)
    status = table.text("status")
    if status and status not in STATES:
        known = ", ".join(STATES)
        table.problem("status", f"Unknown status {status!r}.", f"use one of {known}.")
    if status == "draft":
        table.warning("status", "No clinician has reviewed this exercise.")
    read_review(table, status, digest)


def _wording(page: Page) -> ExerciseWording:
    head = page.head
    words = ExerciseWording(
        title=head.text("title"),
        purpose=head.text("purpose"),
        dose=head.text("dose"),
        breathing=head.text("breathing"),
        care=head.text("care"),
        easier=head.text("easier"),
        picture=head.text("picture"),
        steps=page.body,
    )
    head.close()
    findings = head.sheet.findings
    steps = len(joined(page.body, gap="\n").plain.split("\n")) if page.body else 0
    if not 0 < steps <= MOST_STEPS:
        text = f"There are {steps} steps."
        findings.problem(page.file, page.prose_line, text, f"write 1 to {MOST_STEPS}, a line each.")
    if (length := _length(words)) > LONGEST_CARD:
        text = f"The card has {length} characters."
        findings.problem(page.file, page.prose_line, text, f"use at most {LONGEST_CARD}.")
    return words


def _length(words: ExerciseWording) -> int:
    """Return the length of the card in UTF-16 units, without the stop rules."""
    steps = joined(words.steps, gap="\n").plain
    longest = max(steps, words.easier, key=len)
    lines = (words.title, words.dose, longest, words.breathing, words.care)
    return len("\n\n".join(lines).encode("utf-16-le")) // 2
