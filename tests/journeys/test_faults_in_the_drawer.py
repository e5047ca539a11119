"""The drawer throws faults: what it says, what happens, and that the promise is seen to hold."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser import launched, opened
from tests.demo import demo
from tests.journeys.test_in_the_browser import newest, settle_in, taps, writes

pytestmark = pytest.mark.asyncio(loop_scope="module")
SLOW_MS = 15_000  # a restart
SECOND_TRY_MS = 45_000  # where no other message shows that the path works, 30 s after the doubt
HOLDS = "The promise holds"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as running:
        yield running


def fault(page: Page, name: str) -> Locator:
    return page.locator("#drawer .fold").get_by_role("button", name=name, exact=True)


def told(page: Page, row: str) -> Locator:
    """Return the number that stands beside a row of the promise."""
    return page.get_by_role("row", name=re.compile(f"^{row}")).get_by_role("cell")


async def wants_a_morning(page: Page) -> None:
    await settle_in(page)
    await taps(page, "Turn the morning reminder on")
    await expect(newest(page)).to_contain_text("Morning exercise: on.")


async def test_a_lost_reply_brings_a_second_copy_and_the_promise_is_seen_to_hold(
    browser: Browser, tmp_path: Path
) -> None:
    async with demo(tmp_path) as address, opened(browser, address) as page:
        await wants_a_morning(page)
        await page.get_by_label("Any other fault").select_option("Line breaks after the deed")
        await page.get_by_role("button", name="Throw it").click()
        standing = page.get_by_role("list", name="What goes wrong now").get_by_role("listitem")
        await expect(standing).to_contain_text("Waits for the next call.")
        await page.get_by_role("button", name="End all faults").click()
        await expect(standing).to_have_count(0)

        await page.evaluate(
            "() => fetch('/sim/faults', {method: 'POST', headers: {'content-type':"
            " 'application/json'}, body: JSON.stringify({kind: 'drop-after', method: 'sendMessage'})})"
            ".then(answer => answer.text())"
        )
        await page.get_by_role("button", name="Next reminder").click()
        await expect(told(page, "Arrived")).to_have_text("1", timeout=SLOW_MS)
        await expect(told(page, "second copies")).to_have_text("1", timeout=SECOND_TRY_MS)
        await expect(told(page, "Due so far")).to_have_text("1")
        await expect(told(page, "sent")).to_have_text("1", timeout=SLOW_MS)
        await expect(page.locator(".verdict")).to_contain_text(HOLDS)


async def test_a_fault_says_when_it_ends_and_a_second_press_ends_it(
    browser: Browser, tmp_path: Path
) -> None:
    async with demo(tmp_path) as address, opened(browser, address) as page:
        await page.get_by_role("button", name="START", exact=True).click()
        await expect(newest(page)).to_contain_text("Welcome")
        down = fault(page, "Telegram is down")
        await expect(down).to_have_attribute("aria-pressed", "false")
        await down.click()
        await expect(down).to_have_attribute("aria-pressed", "true")
        await expect(down).to_have_accessible_description(re.compile(r"^Ends in (60|5[0-9]) s\.$"))
        before = await page.locator("article.in").count()
        await writes(page, "/help")
        await expect(page.get_by_text(re.compile("Calls hit: [1-9]")).first).to_be_visible()
        assert await page.locator("article.in").count() == before

        await down.click()
        await expect(down).to_have_attribute("aria-pressed", "false")
        await expect(page.locator("article.in")).to_have_count(before + 1, timeout=SLOW_MS)


async def test_a_closed_chat_is_counted_down_and_opened_by_a_press(
    browser: Browser, tmp_path: Path
) -> None:
    async with demo(tmp_path) as address, opened(browser, address) as page:
        await settle_in(page)
        many = fault(page, "Too many messages")
        await many.click()
        await expect(many).to_have_accessible_description("Waits for the next call.")
        await writes(page, "/help")
        await expect(many).to_have_accessible_description(re.compile(r"^Ends in [12]?[0-9] s\.$"))
        await expect(told(page, "Refused as too many")).to_have_text("1")
        await many.click()
        await expect(many).to_have_attribute("aria-pressed", "false")
        await expect(told(page, "of them while told to wait")).to_have_text("0")


async def test_a_killed_bot_starts_again_and_telegrams_limits_can_be_switched(
    browser: Browser, tmp_path: Path
) -> None:
    async with demo(tmp_path) as address, opened(browser, address) as page:
        await wants_a_morning(page)
        limits = page.get_by_role("switch", name="Telegram's limits on")
        await limits.check()
        await expect(limits).to_be_checked()
        await fault(page, "Kill the bot").click()
        await expect(page.locator("#toast")).to_contain_text(
            "The bot is back after", timeout=SLOW_MS
        )
        await page.get_by_role("button", name="Next reminder").click()
        await expect(told(page, "Arrived")).to_have_text("1", timeout=SLOW_MS)
        await expect(told(page, "sent")).to_have_text("1", timeout=SLOW_MS)
        await expect(limits).to_be_checked()
        await limits.uncheck()
        await page.reload()
        await expect(limits).not_to_be_checked()
        await expect(page.locator(".verdict")).to_contain_text(HOLDS)


async def test_a_bot_whose_token_is_refused_says_so_and_a_restart_brings_it_back(
    browser: Browser, tmp_path: Path
) -> None:
    async with demo(tmp_path) as address, opened(browser, address) as page:
        await settle_in(page)
        await page.get_by_label("Any other fault").select_option("Token refused")
        await page.get_by_label("How often").select_option("all calls for a minute")
        await page.get_by_role("button", name="Throw it").click()
        # one that runs goes on trying for minutes; one that starts gives up at once
        await page.get_by_role("button", name="Restart the bot").click()
        await expect(page.get_by_role("alert")).to_contain_text("Telegram refuses BOT_TOKEN.")
        await expect(page.get_by_text("Not running.", exact=True)).to_be_visible()

        await page.get_by_role("button", name="End all faults").click()
        await page.get_by_role("button", name="Restart the bot").click()
        await expect(page.get_by_text("Running.", exact=True)).to_be_visible(timeout=SLOW_MS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_on_a_phone_it_speaks_russian_fits_and_works_by_keyboard(
    browser: Browser, tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    phone = (320, 640)
    async with (
        demo(tmp_path) as address,
        opened(browser, address, size=phone, scheme=scheme, locale="ru-RU") as page,
    ):
        await page.get_by_role("button", name="НАЧАТЬ").click()
        await page.get_by_role("button", name="Проба", exact=True).click()
        slow = fault(page, "Telegram тормозит")
        await slow.focus()
        await page.keyboard.press("Enter")
        await expect(slow).to_have_attribute("aria-pressed", "true")
        await page.keyboard.press("Tab")
        await expect(fault(page, "Слишком часто")).to_be_focused()
        end = page.get_by_role("button", name="Починить: Сделано сразу, ответ на 4 с позже")
        await end.focus()
        await page.keyboard.press("Space")
        await expect(slow).to_have_attribute("aria-pressed", "false")

        await expect(page.locator(".verdict")).to_contain_text("Обещание держится")
        sideways = "n => n.scrollWidth - n.clientWidth"
        assert await page.locator(".tools").evaluate(sideways) == 0
        missing = page.locator("#drawer").get_by_text("undefined")
        assert await missing.count() == 0
