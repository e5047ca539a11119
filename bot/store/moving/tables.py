"""What is moved: every table of the file with every column, read from the file's own schema."""

import sqlite3
from dataclasses import dataclass
from graphlib import TopologicalSorter

from bot.store.moved import MARK

STAYS = {"schema_version", MARK}  # each database has its own
TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
)
COLUMNS = "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid"
NEEDS = 'SELECT "table" FROM pragma_foreign_key_list(?)'


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        columns: Its columns.
        key: Those that give its rows an order, the same in both databases.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


def tables_of(db: sqlite3.Connection) -> list[Table]:
    """Return the tables of a database file, those that others refer to first."""
    names = sorted({name for (name,) in db.execute(TABLES)} - STAYS)
    needs = {name: {other for (other,) in db.execute(NEEDS, (name,))} - {name} for name in names}
    return [_table(db, name) for name in TopologicalSorter(needs).static_order()]


def quoted(*names: str) -> str:
    """Return names as SQL has them, whatever they are."""
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)


def _table(db: sqlite3.Connection, name: str) -> Table:
    found = db.execute(COLUMNS, (name,)).fetchall()
    columns = tuple(column for column, _ in found)
    key = tuple(column for column, place in sorted(found, key=lambda one: one[1]) if place)
    return Table(name, columns, key or columns)
