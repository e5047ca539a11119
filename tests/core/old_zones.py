"""Zones as zone data of 2025b had them, for those whose rules 2026 changed."""

import io
import struct
from zoneinfo import ZoneInfo

from bot.catalog.zones import use_packaged_zones, zone

use_packaged_zones()
PACIFIC, MOUNTAIN, CENTRAL = (
    f"{name},M3.2.0,M11.1.0" for name in ("PST8PDT", "MST7MDT", "CST6CDT")
)
MOROCCO = "<+01>-1"

RULES = {
    "America/Vancouver": PACIFIC,
    "America/Edmonton": MOUNTAIN,
    "America/Inuvik": MOUNTAIN,
    "America/Yellowknife": MOUNTAIN,
    "America/Winnipeg": CENTRAL,
    "America/Havana": "CST5CDT,M3.2.0/0,M11.1.0/1",
    "Africa/Casablanca": MOROCCO,  # but for the month of Ramadan
    "Africa/El_Aaiun": MOROCCO,
}
"""By zone: the rule of its clocks from 2026 on, as POSIX writes it."""


def old_zone(name: str) -> ZoneInfo:
    """Return the zone as 2025b had it; what did not change is that of today."""
    return ruled(RULES[name], name) if name in RULES else zone(name)


def ruled(rule: str, name: str) -> ZoneInfo:
    """Return a zone whose clocks always go by one rule: a file of zone data with nothing else."""
    counts = struct.pack(">6l", 0, 0, 0, 0, 1, 4)
    standard = struct.pack(">lbb", 0, 0, 0) + b"UTC\0"
    part = b"TZif2" + b"\0" * 15 + counts + standard
    return ZoneInfo.from_file(io.BytesIO(part + part + f"\n{rule}\n".encode()), key=name)
