"""The steps of a referral are on the screen of a phone when it comes: none is scrolled away."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser import launched, opened
from tests.demo import demo

pytestmark = pytest.mark.asyncio(loop_scope="module")
SMALL_PHONE = (375, 667)
WRITTEN = [
    ("en", "my legs went numb and I cannot pee"),
    ("ru", "у меня онемели обе ноги и не могу помочиться"),
    ("en", "I want to kill myself"),
    ("ru", "я хочу умереть"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as running:
        yield running


@pytest.mark.parametrize(("language", "written"), WRITTEN)
async def test_the_steps_of_a_referral_are_on_the_screen_without_scrolling(
    browser: Browser, tmp_path: Path, language: str, written: str
) -> None:
    locale = {"en": "en-GB", "ru": "ru-RU"}[language]
    async with (
        demo(tmp_path) as address,
        opened(browser, address, size=SMALL_PHONE, locale=locale) as page,
    ):
        await page.locator("#foot button.big").click()
        await page.locator("article.in").first.wait_for()
        before = await page.locator("article.in").count()
        await page.locator("#foot textarea").fill(written)
        await page.keyboard.press("Enter")
        referral = page.locator("article.in").nth(before)
        await referral.wait_for()

        head, foot = page.locator("header").first, page.locator("#foot")
        first = referral.locator("strong, b").first
        await expect(first).to_be_in_viewport(ratio=1)
        await page.wait_for_timeout(500)  # whatever still moves would scroll it away now
        top, line = await head.bounding_box(), await first.bounding_box()
        under = await foot.bounding_box()
        assert top
        assert line
        assert under
        assert top["y"] + top["height"] <= line["y"] < under["y"]
