"""Values by name, as our statements have them; PostgreSQL takes them by number."""

import re
from functools import lru_cache

NAME = re.compile(r"(?<!:):([a-z_]+)")


@lru_cache(maxsize=256)
def numbered(statement: str) -> tuple[str, tuple[str, ...]]:
    """Return the statement with $1, $2, ... in place of names, and the names in that order."""
    names = tuple(dict.fromkeys(NAME.findall(statement)))
    numbers = {name: f"${place}" for place, name in enumerate(names, 1)}
    return NAME.sub(lambda found: numbers[found[1]], statement), names
