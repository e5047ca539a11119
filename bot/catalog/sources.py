"""Where facts come from, and the emergency numbers that two public sources agree on."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from bot.catalog.files import read
from bot.catalog.problems import Findings
from bot.catalog.tables import Table, parse
from bot.core.content import Source

COUNTRY = re.compile(r"[A-Z]{2}")
PHONE = re.compile(r"[0-9]{2,6}")
AGREEING = 2


def read_table(file: Path, findings: Findings) -> Table | None:
    """Return the root table of a TOML file; None after noting why it cannot be read."""
    text = read(file, findings)
    return None if text is None else parse(file, text, findings)


def read_sources(file: Path, findings: Findings) -> dict[str, Source]:
    """Return the sources by code, such as "A1" for an article and "G1" for a guideline."""
    root = read_table(file, findings)
    if root is None:
        return {}
    found = {}
    for code in root.data:
        table = root.table(code)
        if table is not None:
            found[code] = Source(code, table.text("title"), _address(table))
            table.close()
    return found


def _address(table: Table) -> str:
    """Return the address, or "" for a source that has none."""
    if not table.has("url"):
        return ""
    address = table.text("url")
    if address and not _is_web(address):
        table.problem("url", f"{address!r} is not a web address.", "begin it with https://.")
    return address


def _is_web(address: str) -> bool:
    return _host(address) != ""


def _host(address: str) -> str:
    """Return the host of a web address, or "" for anything else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""


def read_numbers(file: Path, findings: Findings) -> dict[str, str]:
    """Return emergency numbers by ISO country code, only those with two agreeing sources."""
    root = read_table(file, findings)
    if root is None:
        return {}
    found = {}
    for country in root.data:
        table = root.table(country)
        if table is None:
            continue
        number = _number(country, table)
        if _agreed(table):
            found[country] = number
        table.close()
    return found


def _number(country: str, table: Table) -> str:
    number = table.text("number")
    if not COUNTRY.fullmatch(country):
        table.problem("", f"{country!r} is no country code.", "use two capitals, such as DE.")
    if number and not PHONE.fullmatch(number):
        table.problem("number", f"{number!r} is no short number.", "write 2 to 6 digits.")
    return number


def _agreed(table: Table) -> bool:
    """Return whether two different sites are named; a number with fewer is not shown."""
    addresses = table.texts("sources")
    for address in addresses:
        if not _is_web(address):
            table.problem(
                "sources", f"{address!r} is not a web address.", "begin it with https://.", address
            )
    hosts = {_host(address) for address in addresses}
    if addresses and len(hosts) < AGREEING:
        table.warning("sources", "The number is not shown: it needs two public sources.")
    return len(hosts) >= AGREEING
