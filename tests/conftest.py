"""What many tests share: the repository's own content, read once."""

from pathlib import Path

import pytest

from bot import catalog
from bot.catalog.screening import load_screener
from bot.core.content import Content
from bot.core.operator import Operator
from bot.core.triage.screener import Screener
from bot.flows.voice import Voice

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def content() -> Content:
    return catalog.load(ROOT / "content")


@pytest.fixture(scope="session")
def voice(content: Content) -> Voice:
    return Voice(content, Operator(name="Quiet Clinic", emergency_number="112"))


@pytest.fixture(scope="session")
def screener() -> Screener:
    return load_screener(ROOT / "content" / "triage")
