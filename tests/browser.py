"""A real Chromium for tests, and pages that notice what a good page never does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    async_playwright,
    expect,
)

from tests.chromium import system

expect.set_options(timeout=15_000)  # a busy machine draws a page in more than the usual five

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """Run a headless Chromium. Start it once a module or session: a start takes a second."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=system(), args=QUIET)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def opened(
    browser: Browser,
    address: str,
    *,
    size: tuple[int, int] = (1280, 800),
    scheme: Literal["dark", "light"] = "light",
    locale: str = "en-GB",
    zone: str = "Europe/Berlin",
    dots: float = 1,
    outages: bool = False,
) -> AsyncIterator[Page]:
    """Open ``address`` as a new visitor; ``size`` is width and height in CSS pixels of ``dots`` dots.

    With ``outages`` the server may fail: what the console says of failed requests is no fault.

    Raises:
        AssertionError: At the end, when the page wrote an error to its console, threw one,
            or asked any other origin for anything.
    """
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=dots,
        color_scheme=scheme,
        locale=locale,
        timezone_id=zone,
    )
    try:
        page = await context.new_page()
        faults = _watch(page, address, outages=outages)
        await page.goto(address)
        yield page
        assert not faults, faults
    finally:
        await context.close()


def _watch(page: Page, origin: str, *, outages: bool) -> list[str]:
    """Return a list that fills with what goes wrong in ``page``."""
    faults: list[str] = []

    def note_request(request: Request) -> None:
        if not request.url.startswith(origin):
            faults.append(f"left the origin: {request.url}")

    def note_message(message: ConsoleMessage) -> None:
        expected = outages and message.text.startswith("Failed to load resource")
        if message.type == "error" and not expected:
            faults.append(message.text)

    page.on("request", note_request)
    page.on("pageerror", lambda error: faults.append(f"threw: {error}"))
    page.on("console", note_message)
    return faults
