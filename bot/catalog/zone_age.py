"""How old the zone data are: governments change clocks at short notice."""

from datetime import date

# the day on which the package with this data came out; the package itself does not tell
RELEASED = {"2026f": date(2026, 10, 28)}


def zone_age(version: str, today: date) -> tuple[int, bool]:
    """Return the age of zone data in days, and whether it is known exactly.

    Data of a version that is not on record here are at least as old as the end of the year in
    their name; within that year nothing is known.
    """
    released = RELEASED.get(version)
    if released is not None:
        return (today - released).days, True
    last_day = date(int(version[:4]), 12, 31)
    return max((today - last_day).days, 0), False
