"""The drawer for people who try the bot: other users, the clock, a restart, a lost network, the calls."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.simulator.api import DEMO_ACCESS
from tests.browser import launched, opened
from tests.demo import demo
from tests.journeys.test_in_the_browser import newest, settle_in, taps, writes

pytestmark = pytest.mark.asyncio(loop_scope="module")
RESTART_MS = 15_000  # a stop waits for what is under way
BACK_MS = 10_000


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as running:
        yield running


def person(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="Who am I").get_by_role("button", name=name)


async def calls(page: Page, method: str) -> Locator:
    """Return the listed calls of this method; the drawer is filtered for them."""
    await page.get_by_role("searchbox", name="Filter").fill(method)
    return page.get_by_role("list", name="Calls of the bot").get_by_role("listitem")


async def test_each_ready_made_person_has_a_chat_of_their_own_and_unread_ones_are_counted(
    browser: Browser, tmp_path: Path
) -> None:
    async with demo(tmp_path) as address, opened(browser, address) as page:
        await settle_in(page)
        await taps(page, "Turn the morning reminder on")
        await expect(newest(page)).to_contain_text("Morning exercise: on.")
        mine = await page.locator("article").count()

        await person(page, "Алиса").click()
        await expect(page.get_by_role("button", name="НАЧАТЬ")).to_be_visible()
        await page.get_by_role("button", name="НАЧАТЬ").click()
        await expect(newest(page)).to_contain_text("Здравствуйте")
        await page.get_by_role("button", name="Ближайшее напоминание").click()
        await expect(page.get_by_label("1 непрочитанных").first).to_be_visible()
        await page.get_by_role("button", name=re.compile("^Alex")).click()

        await expect(page.locator("article")).to_have_count(mine + 1)
        await expect(page.locator(".people .unread")).to_have_count(0)


async def test_a_name_made_of_markup_shows_as_text_however_long_it_is(
    browser: Browser, tmp_path: Path
) -> None:
    name = "<b>x</b><img src=x onerror=alert(1)>".ljust(64, "n")
    phone = (360, 740)
    async with demo(tmp_path) as address, opened(browser, address, size=phone) as page:
        await page.get_by_role("button", name="Try-out", exact=True).click()
        await page.get_by_role("button", name="New person").click()
        await page.get_by_label("First name").fill(name)
        before = page.url
        await page.get_by_role("button", name="Create").click()
        await expect(page).not_to_have_url(before)  # until then START is somebody else's
        await page.get_by_role("button", name="START", exact=True).click()
        await expect(newest(page)).to_contain_text("Welcome")
        await page.get_by_role("button", name="Try-out", exact=True).click()

        await expect(page.locator(".person[aria-current] .words")).to_have_text(name)
        assert await page.locator("#drawer b, #drawer img").count() == 0
        sideways = "n => n.scrollWidth - n.clientWidth"
        assert await page.locator(".tools").evaluate(sideways) == 0


async def test_a_restarted_bot_says_that_it_is_back_and_goes_on_where_it_was(
    browser: Browser, tmp_path: Path
) -> None:
    async with demo(tmp_path) as address, opened(browser, address) as page:
        await settle_in(page)
        await page.get_by_role("button", name="Restart the bot").click()
        await expect(page.locator("#toast")).to_contain_text(
            "The bot is back after", timeout=RESTART_MS
        )
        await expect(page.get_by_text("Running.", exact=True)).to_be_visible()
        greeted = await calls(page, "getMe")
        assert await greeted.count() >= 2  # each start greets Telegram

        await taps(page, "Turn the morning reminder on")
        await expect(newest(page)).to_contain_text("Morning exercise: on.")


async def test_what_is_written_while_the_network_is_lost_is_answered_afterwards(
    browser: Browser, tmp_path: Path
) -> None:
    async with demo(tmp_path) as address, opened(browser, address) as page:
        await settle_in(page)
        await page.get_by_role("button", name="Lose the network for 30 s").click()
        back = page.get_by_role("button", name="Bring the network back")
        await expect(back).to_have_accessible_description(
            re.compile("^It comes back by itself in (30|2[0-9]) s$")
        )
        before = await page.locator("article.in").count()
        await writes(page, "/help")
        lost = await calls(page, "no answer")
        await page.get_by_label("Also its waiting").check()
        await expect(lost.first).to_contain_text("getUpdates")
        assert await page.locator("article.in").count() == before

        await back.click()
        await expect(page.locator("article.in")).to_have_count(before + 1, timeout=BACK_MS)
        await expect(page.get_by_text("Running.", exact=True)).to_be_visible()


async def test_the_calls_are_listed_filtered_and_cleared_and_never_show_the_token(
    browser: Browser, tmp_path: Path
) -> None:
    async with demo(tmp_path) as address, opened(browser, address) as page:
        await page.get_by_role("button", name="START", exact=True).click()
        sent = await calls(page, "sendMessage")
        await expect(sent).to_have_count(1)
        await expect(sent).to_contain_text(re.compile(r"200.*\d+ ms"))
        await writes(page, DEMO_ACCESS)
        await expect(sent).to_have_count(2)
        assert (
            DEMO_ACCESS.partition(":")[2] not in await page.locator("#drawer .calls").inner_html()
        )

        await page.get_by_role("button", name="Clear").click()
        await expect(page.get_by_text("No such calls.")).to_be_visible()


async def test_a_person_who_blocks_the_bot_can_unblock_it_from_the_drawer(
    browser: Browser, tmp_path: Path
) -> None:
    async with demo(tmp_path) as address, opened(browser, address) as page:
        await settle_in(page)
        await page.get_by_role("button", name="Block the bot").click()
        await expect(page.get_by_role("button", name="UNBLOCK", exact=True)).to_be_visible()
        await page.get_by_role("button", name="Unblock the bot").click()

        await writes(page, "/help")
        await expect(newest(page)).to_contain_text("Write your question")
