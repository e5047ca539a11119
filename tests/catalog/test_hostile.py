"""Whatever stands in a content folder, examining it returns findings and raises nothing."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalog.folder import examine, load
from bot.errors import ContentError
from tests.catalog.small import files, write

TARGETS = (
    "faq/heat/entry.toml",
    "faq/heat/en.md",
    "texts/referral/ru.md",
    "menu.toml",
    "sources.toml",
    "emergency-numbers.toml",
    "reminders/en.toml",
    "ui/en.po",
    "triage/en.toml",
)
HOSTILE = (
    b"",
    b"\x00",
    b"\xff\xfe\x00",
    b"\n" * 5000,
    b"+++",
    b"+++\n+++",
    b"+++\n+++\n" + b"> " * 400 + b"x",
    b"+++\n+++\n" + b"- " * 400 + b"x",
    b"+++\n+++\n" + b"[" * 4000 + b"](" * 4000,
    b"+++\n+++\n" + b"**a *b " * 2000,
    b"+++\n+++\n&#0; &#xD800; &#x110000;",
    b"a = " + b"[" * 3000,
    b"a = " + b"{a=" * 3000,
    b"a = " + b"9" * 5000,
    b"a = 1979-99-99",
    b"a = nan\nb = -inf",
    b"[[topic]]\n[topic.title]\n[[topic.entries]]\n",
    b"[topic]\nid = 1\n[topic.title]\nen = 1",
    b'topic = ["a"]\nentries = [[["a"]]]',
    b"rule = [1]\ncategories = 2\nconcepts = 3",
    b'msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n',
    b'msgid "a"\nmsgstr[x] "c"\n',
    b"msgid\nmsgstr\n#~ msgid",
    b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-7\\n"\n',
    b'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=9; plural=n/(n-5);\\n"\n',
)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(autouse=True)
def _mended(good: Path) -> Iterator[None]:
    yield
    write(good)


def survives(folder: Path, target: str, raw: bytes) -> None:
    (folder / target).write_bytes(raw)
    for found in examine(folder):
        assert found.line >= 1
        assert "\n" not in str(found)
    with contextlib.suppress(ContentError):
        load(folder)


@pytest.mark.parametrize("raw", HOSTILE)
@pytest.mark.parametrize("target", TARGETS)
def test_a_hostile_file_gives_findings_and_no_traceback(
    good: Path, target: str, raw: bytes
) -> None:
    survives(good, target, raw)


@settings(
    max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.data())
def test_a_good_file_with_a_stretch_cut_or_put_in_gives_no_traceback(
    good: Path, data: st.DataObject
) -> None:
    target = data.draw(st.sampled_from([name for name in TARGETS if "triage" not in name]))
    text = files()[target]
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 12))
    put = data.draw(st.text("[]{}\"'=#\n,.1a+*_<>\\😀\x00", max_size=6))
    write(good)
    survives(good, target, (text[:at] + put + text[at + cut :]).encode())
