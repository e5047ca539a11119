"""A disk that has gone bad under a database."""

import sqlite3
from contextlib import closing
from pathlib import Path


def damage(database: Path, table: str) -> None:
    """Write rubbish over the first page of a table."""
    with closing(sqlite3.connect(database)) as db:
        find = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        ((page,),) = db.execute(find, (table,)).fetchall()
        ((size,),) = db.execute("PRAGMA page_size").fetchall()
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)
