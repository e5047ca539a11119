"""The demo shows content as it is edited: loaded whole, or what ran goes on."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from tests.catalog.small import edit
from tests.demo import demo
from tests.journeys.conftest import until

LIGHT = "faq/light/en.md"


@pytest.fixture
def plants(tmp_path: Path) -> Path:
    assert main(["new-content", str(tmp_path / "plants")]) == 0
    return tmp_path / "plants"


@asynccontextmanager
async def showing(content: Path) -> AsyncIterator[str]:
    """Run the demo on that content; yields its address. What it complains of is in ``errors``."""
    folder = content.parent
    with (folder / "errors").open("wb") as errors:
        async with demo(folder / "data", errors, BOT_CONTENT_DIR=str(content)) as address:
            yield address


def asked(address: str, path: str, body: dict[str, object] | None = None) -> dict[str, Any]:
    with closing(HTTPConnection(address.removeprefix("http://"), timeout=20)) as way:
        headers = {"Content-Type": "application/json"}
        way.request("GET" if body is None else "POST", path, json.dumps(body or {}), headers)
        said: dict[str, Any] = json.loads(way.getresponse().read())
        return said


def shows(address: str, words: str) -> bool:
    return words in json.dumps(asked(address, "/sim/state"), ensure_ascii=False)


async def test_a_saved_edit_is_shown_and_a_broken_one_leaves_what_runs(plants: Path) -> None:
    errors = plants.parent / "errors"
    async with showing(plants) as address:
        await until(lambda: shows(address, "Houseplants: short"), "the profile")
        edit(plants / "ui/en.po", "Houseplants: short", "Green friends: short")
        await until(lambda: shows(address, "Green friends: short"), "the edit")

        edit(plants / LIGHT, "Most", "<script>x</script> Most")
        await until(lambda: shows(address, "light/en.md:6: Here is HTML"), "the broken edit's line")
        assert errors.read_text("utf-8").count("what ran goes on") == 1
        asked(address, "/sim/restart", {})
        assert errors.read_text("utf-8").count("light/en.md:6: Here is HTML") == 2
        assert shows(address, "Green friends: short")

        edit(plants / LIGHT, "<script>x</script> Most", "Most")
        edit(plants / "ui/en.po", "Green friends: short", "Leaves: short")
        await until(lambda: shows(address, "Leaves: short"), "the mended folder")
        assert asked(address, "/sim/state")["notice"] == ""


async def test_words_that_the_policy_forbids_do_not_reach_the_chat(plants: Path) -> None:
    async with showing(plants) as address:
        await until(lambda: shows(address, "Houseplants: short"), "the profile")
        edit(plants / "ui/en.po", "Houseplants: short", "Houseplants, always: short")

        await until(lambda: asked(address, "/sim/state")["notice"] != "", "a line in the drawer")
        assert "'always' (policy: promises)" in asked(address, "/sim/state")["notice"]
        assert not shows(address, "Houseplants, always: short")
