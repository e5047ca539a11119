"""The same evening as a new user sees it: `make demo` in Chromium."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser import launched, opened
from tests.demo import demo

pytestmark = pytest.mark.asyncio(loop_scope="module")
ACUTE = "my legs went numb and I cannot pee"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as running:
        yield running


def newest(page: Page) -> Locator:
    return page.locator("article.in").last


async def taps(page: Page, label: str) -> None:
    """Tap a button of the newest message that has it, and wait until the tap was answered."""
    button = page.locator("article.in").get_by_role("button", name=label, exact=True).last
    await button.click()


async def writes(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Message", exact=True).fill(text)
    await page.keyboard.press("Enter")


async def settle_in(page: Page) -> None:
    await page.get_by_role("button", name="START", exact=True).click()
    await taps(page, "Русский")
    await expect(newest(page)).to_contain_text("Согласен")
    await taps(page, "English")
    await taps(page, "I agree: set up reminders")
    await taps(page, "Berlin")
    await expect(newest(page)).to_contain_text("Morning exercise: off.")


async def test_a_new_user_walks_the_whole_main_job_in_the_chat_page(
    browser: Browser, tmp_path: Path
) -> None:
    async with demo(tmp_path) as address, opened(browser, address) as page:
        await settle_in(page)
        for label in ("☰ Menu", "Questions and answers", "Help at home", "Heat or cold?"):
            await taps(page, label)
        await expect(newest(page)).to_contain_text("When to get help")
        await taps(page, "‹ Back")
        await writes(page, "/reminders")
        await taps(page, "Turn the morning reminder on")
        await taps(page, "Time: 08:00")
        await taps(page, "08:00")
        await expect(newest(page)).to_contain_text("Morning exercise: on.")

        before = await page.locator("article.in").count()
        await page.get_by_role("button", name="Next reminder").click()
        await expect(page.locator("article.in")).to_have_count(before + 1)
        await taps(page, "Done")
        await expect(newest(page)).to_contain_text("Well done.")
        await page.get_by_role("button", name="+10 min").click()
        await expect(page.locator("article.in")).to_have_count(before + 1)


async def test_an_acute_message_is_referred_in_the_middle_of_a_typed_time_and_it_goes_on(
    browser: Browser, tmp_path: Path
) -> None:
    async with demo(tmp_path) as address, opened(browser, address) as page:
        await settle_in(page)
        await taps(page, "Turn the morning reminder on")
        await taps(page, "Time: 08:00")
        await expect(newest(page)).to_contain_text("06:30")
        await writes(page, ACUTE)
        referral = page.locator("article.in").filter(has_text="This may need urgent help.")
        await expect(referral).to_have_count(1)
        await taps(page, "Continue")
        await expect(newest(page)).to_contain_text("07:30")
        await expect(referral).to_have_count(1)
        await writes(page, "7:30")
        await expect(newest(page)).to_contain_text("Time: 07:30")
