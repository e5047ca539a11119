"""The simulator's state on disk, kept between runs."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.errors import SettingsError
from bot.simulator.world import World

VERSION = 1
FIX = "FRESH=1 make demo starts anew."


@dataclass(frozen=True, slots=True)
class Saved:
    """What an earlier run left: the state of the simulated Telegram and how far its clock was."""

    api: dict[str, Any]
    clock_offset: timedelta


def load_state(path: Path) -> Saved | None:
    """Return what an earlier run left; None when there was none.

    Raises:
        SettingsError: the file cannot be read, or is not what ``save_state`` writes.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["version"] != VERSION:
            raise SettingsError(f"{path} was written by another version.", FIX)
        World(lambda: datetime.fromtimestamp(0, UTC), data["api"])
        return Saved(dict(data["api"]), timedelta(seconds=float(data["clock_offset_seconds"])))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror}).", FIX) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"{path} is damaged.", FIX) from error


def save_state(path: Path, api: Mapping[str, Any], clock_offset: timedelta) -> None:
    """Write the state so that a crash leaves either the old or the new one.

    Raises:
        OSError: the folder cannot be written.
    """
    data = {
        "version": VERSION,
        "clock_offset_seconds": clock_offset.total_seconds(),
        "api": api,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    with new.open("w", encoding="utf-8") as file:
        json.dump(data, file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
