"""Pictures of the ten main screens, made from the real bot in the chat page: ``make screenshots``.

Options: ``--to DIR`` (default docs/screenshots), ``--language en|ru``, ``--wide``, ``--dark``.
"""

import argparse
import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.async_api import Locator, Page

from tests.browser import launched, opened
from tests.demo import demo

ROOT = Path(__file__).resolve().parent.parent
PHONE, DESK = (390, 780), (1180, 780)
WORDS = {
    "en": {
        "language": "English",
        "agree": "I agree: set up reminders",
        "city": "Berlin",
        "morning": "Turn the morning reminder on",
        "breaks": "Turn break reminders on",
        "start": "Start",
        "read": "I have read this: start",
        "done": "Done",
        "week": "My week",
        "pause": "Pause",
        "question": "slept badly, neck will not turn",
        "several": "massage",
        "acute": "my legs went numb and I cannot pee",
    },
    "ru": {
        "language": "Русский",
        "agree": "Согласен / согласна: настроить",
        "city": "Москва",
        "morning": "Включить утреннее напоминание",
        "breaks": "Включить перерывы",
        "start": "Начать",
        "read": "Понятно, начать",
        "done": "Готово",
        "week": "Моя неделя",
        "pause": "Пауза",
        "question": "не могу повернуть голову",
        "several": "массаж",
        "acute": "у меня онемели обе ноги",
    },
}


@dataclass(frozen=True)
class Camera:
    """Chats in one page and keeps what it looks like."""

    page: Page
    folder: Path
    words: dict[str, str]

    @property
    def newest(self) -> Locator:
        return self.page.locator("article.in").last

    async def taps(self, label: str) -> None:
        button = self.page.locator("article.in").get_by_role("button", name=label, exact=True)
        await button.last.click()
        await self.page.mouse.move(1, 1)  # a button under the pointer looks pressed
        await self.page.wait_for_timeout(350)

    async def writes(self, text: str) -> None:
        before = await self.page.locator("article.in").count()
        await self.page.locator("#foot textarea").fill(text)
        await self.page.keyboard.press("Enter")
        await self.page.locator("article.in").nth(before).wait_for()
        await self.page.wait_for_timeout(350)

    async def shoot(self, name: str) -> None:
        await self.page.wait_for_timeout(250)
        await self.page.screenshot(path=self.folder / f"{name}.png")


async def tour(camera: Camera) -> None:
    """Walk through the ten main screens."""
    words = camera.words
    await turn(camera.page, '{"turn": "morning-09:12", "zone": "Europe/Berlin"}')
    await camera.page.locator("#foot button.big").click()
    await camera.newest.wait_for()
    await camera.shoot("01-welcome")
    await camera.taps(words["language"])
    await camera.taps(words["agree"])
    await camera.taps(words["city"])
    await camera.taps(words["morning"])
    await camera.writes("/reminders")
    await camera.taps(words["breaks"])
    await camera.shoot("02-breaks")
    await camera.writes("/menu")
    await camera.shoot("03-menu")
    await camera.writes(words["question"])
    await camera.shoot("04-answer")
    await camera.writes(words["several"])
    await camera.shoot("05-found")
    await camera.writes("/reminders")
    await camera.taps(words["pause"])
    await camera.shoot("06-pause")
    await next_reminder(camera)
    await camera.shoot("07-reminder")
    await camera.taps(words["start"])
    await camera.taps(words["read"])
    await camera.shoot("08-exercise")
    await next_reminder(camera)
    await camera.taps(words["done"])
    await camera.taps(words["week"])
    await camera.shoot("09-week")
    await camera.writes(words["acute"])
    await camera.shoot("10-referral")


async def turn(page: Page, order: str) -> None:
    """Turn the demo's clock as the drawer does; ``order`` is its JSON."""
    await page.evaluate(
        "order => fetch('/sim/clock', {method: 'POST', headers:"
        " {'content-type': 'application/json'}, body: order}).then(answer => answer.text())",
        order,
    )


async def next_reminder(camera: Camera) -> None:
    """Turn the demo's clock to the next reminder and wait until it is there."""
    before = await camera.page.locator("article.in").count()
    await turn(camera.page, '{"turn": "next"}')
    await camera.page.locator("article.in").nth(before).wait_for()
    await camera.page.wait_for_timeout(600)


async def main(to: Path, language: str, *, wide: bool, dark: bool) -> None:
    """Make the pictures."""
    locale = "ru-RU" if language == "ru" else "en-GB"
    with tempfile.TemporaryDirectory() as data:
        async with launched() as browser, demo(Path(data)) as address:
            size = DESK if wide else PHONE
            scheme: Literal["dark", "light"] = "dark" if dark else "light"
            async with opened(browser, address, size=size, scheme=scheme, locale=locale) as page:
                await tour(Camera(page, to, WORDS[language]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--language", choices=sorted(WORDS), default="en")
    parser.add_argument("--wide", action="store_true")
    parser.add_argument("--dark", action="store_true")
    chosen = parser.parse_args()
    chosen.to.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(chosen.to, chosen.language, wide=chosen.wide, dark=chosen.dark))
