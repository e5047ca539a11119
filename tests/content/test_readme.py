"""The page for authors: its example is content, and the findings that it explains are real."""

import re
import shutil
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from bot.catalog.checking import check
from bot.catalog.signing import sign
from tests.catalog.small import edit
from tests.conftest import ROOT
from tests.content.test_content import FOLDER
from tests.docs.markdown import rows

TEXT = (FOLDER / "README.md").read_text("utf-8")
BLOCKS = [dedent(block) for block in re.findall(r"\n\n((?:       .*\n|\n)+)", TEXT)]
FINDINGS = [said for said, _ in rows(TEXT)]
SOURCES = [*(ROOT / "bot" / "catalog").rglob("*.py")]


def block(beginning: str) -> str:
    return next(one.strip() + "\n" for one in BLOCKS if one.strip().startswith(beginning))


def test_the_example_answer_passes_the_check_and_can_be_reviewed(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(FOLDER, folder)
    before = problems(folder)
    answer = folder / "faq" / "office-chair"
    answer.mkdir()
    (answer / "entry.toml").write_text(block("topic"), "utf-8")
    for language in ("en", "ru"):
        (answer / f"{language}.md").write_text(block("+++"), "utf-8")
    edit(folder / "menu.toml", '"desk-setup"', '"desk-setup", "office-chair"')
    sign(folder, ["office-chair"], "A. Name, physiotherapist", date(2026, 11, 26))

    assert problems(folder) == before == []
    assert not any("office-chair" in one.file for one in check(folder, date(2026, 11, 26)))


def problems(folder: Path) -> list[str]:
    found = check(folder, date(2026, 11, 26))
    return [str(one) for one in found if one.severity == "problem"]


@pytest.mark.parametrize("finding", FINDINGS)
def test_each_finding_that_the_page_explains_is_one_that_the_check_says(finding: str) -> None:
    code = "\n".join(file.read_text("utf-8") for file in SOURCES)
    fixed = re.split(r"\d+|'always'|promises", finding)

    assert all(part.strip(" ).:") in code for part in fixed), finding


def test_each_command_of_the_page_is_one_of_ours() -> None:
    called = set(re.findall(r"python -m bot ([a-z-]+)", TEXT))

    assert called == {"check", "review", "new-content", "triage"}
