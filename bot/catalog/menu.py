"""The menu of answers: which topic lists which entries, in order."""

from pathlib import Path

from bot.catalog.faq import Read
from bot.catalog.files import LONGEST_NAME, NAME
from bot.catalog.problems import Findings
from bot.catalog.sources import read_table
from bot.catalog.tables import Table
from bot.core.content import Topic
from bot.core.trail import code, topic_place

MOST_CHOICES = 7  # on one screen, besides the row of navigation


def read_menu(
    file: Path, languages: tuple[str, ...], entries: dict[str, Read], findings: Findings
) -> tuple[Topic, ...]:
    """Return the topics in order; each entry must stand in exactly one, and name it."""
    root = read_table(file, findings)
    if root is None:
        return ()
    tables = root.tables("topic")
    root.close()
    if len(tables) > MOST_CHOICES:
        root.problem("topic", f"There are {len(tables)} topics.", f"keep {MOST_CHOICES}.")
    topics = [_topic(table, languages) for table in tables]
    _check_twice(topics, tables)
    for topic, table in zip(topics, tables, strict=True):
        _check_entries(topic, table, entries)
    _check_listed(topics, entries)
    _check_codes(topics, tables, entries)
    return tuple(topics)


def _topic(table: Table, languages: tuple[str, ...]) -> Topic:
    name = table.text("id")
    if name and (not NAME.fullmatch(name) or len(name) > LONGEST_NAME):
        table.problem("id", f"{name!r} cannot be an id.", "use small Latin letters and hyphens.")
    titles = table.table("title")
    topic = Topic(name, _titles(titles, languages), table.texts("entries"))
    table.close()
    return topic


def _titles(table: Table | None, languages: tuple[str, ...]) -> dict[str, str]:
    if table is None:
        return {}
    titles = {language: table.text(language) for language in languages}
    table.close()
    return titles


def _check_twice(topics: list[Topic], tables: list[Table]) -> None:
    ids: set[str] = set()
    listed: set[str] = set()
    for topic, table in zip(topics, tables, strict=True):
        if topic.id in ids:
            table.problem("id", f"The topic {topic.id!r} stands here twice.", "rename one.")
        ids.add(topic.id)
        for entry in topic.entries:
            if entry in listed:
                table.problem("entries", f"{entry!r} stands in two topics.", "keep one.", entry)
            listed.add(entry)


def _check_entries(topic: Topic, table: Table, entries: dict[str, Read]) -> None:
    if len(topic.entries) > MOST_CHOICES:
        count = len(topic.entries)
        table.problem("entries", f"The topic has {count} entries.", f"keep {MOST_CHOICES}.")
    for name in topic.entries:
        if name not in entries:
            table.problem(
                "entries", f"There is no entry {name!r}.", "add its folder to faq/.", name
            )
        elif entries[name].entry.topic not in {topic.id, ""}:
            entries[name].table.problem(
                "topic", f"menu.toml lists this entry under {topic.id!r}.", "name that topic here."
            )


def _check_listed(topics: list[Topic], entries: dict[str, Read]) -> None:
    listed = {name for topic in topics for name in topic.entries}
    for name, read in entries.items():
        if name not in listed:
            read.table.problem(
                "topic",
                "No topic of menu.toml lists this entry.",
                f"add {name!r} to a topic there.",
            )


def _check_codes(topics: list[Topic], tables: list[Table], entries: dict[str, Read]) -> None:
    """Note two ids that a button cannot tell apart where it says which way a person came."""
    first: dict[str, str] = {}
    named = [
        (topic_place(t.id), t.id, table, "id") for t, table in zip(topics, tables, strict=True)
    ]
    named += [(code(name), name, read.table, "topic") for name, read in entries.items()]
    for place, name, table, key in named:
        other = first.setdefault(place, name)
        if other != name:
            table.problem(key, f"In buttons {name!r} looks like {other!r}.", "rename one.")
