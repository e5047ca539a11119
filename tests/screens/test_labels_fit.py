"""Telegram draws a button's label on one line and cuts off what does not fit: none may be cut."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.simulator.api import Api
from bot.simulator.controls import ServerOnlyControls
from bot.simulator.server import Simulator
from tests.browser import launched, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")
SCREENS = Path(__file__).parents[1] / "data" / "screens"
ROW = re.compile(r"\[[^\]]+\](?: \[[^\]]+\])*")
MOST_COLUMNS = 4
NARROW_PHONE = (360, 740)
START = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
ROOM = """() => [...document.querySelectorAll('.keyboard .row')].map(row => {
    const style = getComputedStyle(row.firstChild);
    return row.firstChild.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
})"""
WIDTHS = """async labels => {
    const style = getComputedStyle(document.querySelector('.key'));
    const font = `${style.fontWeight} ${style.fontSize} Roboto`;
    await document.fonts.load(font, 'Aя');
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = font;
    return labels.map(label => pen.measureText(label).width);
}"""


@pytest_asyncio.fixture(loop_scope="module")
async def phone() -> AsyncIterator[Page]:
    """A narrow phone with one message, whose keyboard has rows of one to four buttons."""
    controls = ServerOnlyControls(lambda: START)
    api = Api(controls.now)
    simulator = Simulator(api, controls, port=0)
    rows = [
        [{"text": "x", "callback_data": f"{row}{button}"} for button in range(row)]
        for row in range(1, MOST_COLUMNS + 1)
    ]
    message = {"text": "x", "reply_markup": {"inline_keyboard": rows}}
    api.call("sendMessage", {"chat_id": api.add_person("Ann", started=True), **message})
    await simulator.start()
    async with (
        launched() as chromium,
        opened(chromium, simulator.url, size=NARROW_PHONE) as page,
    ):
        await expect(page.locator(".key").first).to_be_visible()
        yield page
    await simulator.stop()


def labels(language: str) -> list[tuple[str, int]]:
    """Return every label of every stored screen, with how many buttons its row has."""
    lines = (SCREENS / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    rows = [re.findall(r"\[([^\]]+)\]", line) for line in lines if ROW.fullmatch(line)]
    return sorted({(label, len(row)) for row in rows for label in row})


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_every_label_of_every_screen_fits_its_button_on_a_narrow_phone(
    phone: Page, language: str
) -> None:
    room = await phone.evaluate(ROOM)
    every = labels(language)
    assert len(every) > 100  # else the stored screens changed their shape

    widths = await phone.evaluate(WIDTHS, [label for label, _ in every])

    cut = [
        f"{label} ({width:.0f} of {room[columns - 1]:.0f})"
        for (label, columns), width in zip(every, widths, strict=True)
        if width > room[columns - 1]
    ]
    assert cut == []
