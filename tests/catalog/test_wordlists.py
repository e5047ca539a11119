"""The finder's word lists: read by language, each mistake with file and line; none is no mistake."""

from pathlib import Path

import pytest

from bot.catalog.folder import load
from bot.core.content import Content
from bot.core.search.lists import WordLists
from bot.core.wishes import AROUND, WISHES
from tests.catalog.small import edit, problems

LISTS = """# Words.
idle = ["the", "a"]
ours = ["back"]
weak = ["phone"]
foreign = [
    "tooth",
    "heel spur",
]
[wishes]
""" + "".join(f'{name} = ["{name}"]\n' for name in (AROUND, *WISHES))
EN = "finder/en.toml"


@pytest.fixture
def listed(folder: Path) -> Path:
    (folder / "finder").mkdir()
    for language in ("en", "ru"):
        (folder / f"finder/{language}.toml").write_text(LISTS, "utf-8")
    return folder


def told(folder: Path) -> list[tuple[str, int, str]]:
    return [(str(Path(p.file).relative_to(folder)), p.line, p.text) for p in problems(folder)]


def test_the_lists_are_read_by_language(listed: Path) -> None:
    assert told(listed) == []
    wishes = {name: (name,) for name in (AROUND, *WISHES)}
    lists = WordLists(("the", "a"), ("back",), ("phone",), ("tooth", "heel spur"), wishes)
    assert load(listed).word_lists == {"en": lists, "ru": lists}


def test_a_folder_without_lists_has_nothing_wrong(folder: Path) -> None:
    assert told(folder) == []
    assert load(folder).word_lists == {}


def test_lists_of_one_language_alone_are_told(listed: Path) -> None:
    (listed / "finder/ru.toml").unlink()
    assert told(listed) == [("finder/ru.toml", 1, "The file is missing.")]


@pytest.mark.parametrize(
    ("old", "new", "line", "text"),
    [
        ('idle = ["the", "a"]\n', "", 1, "The key 'idle' is missing."),
        ('["the", "a"]', '"the"', 2, "'idle' is not a list of texts."),
        ('["the", "a"]', "[]", 2, "'idle' is empty."),
        ('["the", "a"]', '["the", ""]', 2, "'idle' is not a list of texts."),
        ('["the", "a"]', '["the", 1]', 2, "'idle' is not a list of texts."),
        ('["the", "a"]', '["the", "a", "the"]', 2, "'idle' has 'the' twice."),
        ('["the", "a"]', '["the", "a"', 3, "This is not TOML"),
        ('"heel spur"', '"tooth"', 7, "'foreign' has 'tooth' twice."),
        ('ours = ["back"]', 'ours = "back"', 3, "'ours' is not a list of texts."),
        ('weak = ["phone"]\n', "", 1, "The key 'weak' is missing."),
        ("foreign = ", "strange = ", 5, "Unknown key 'strange'."),
        ("[wishes]", "[wish]", 1, "The key 'wishes' is missing."),
        ('pause = ["pause"]\n', "", 9, "The key 'pause' is missing."),
        ('pause = ["pause"]', 'pause = "pause"', 15, "'pause' is not a list of texts."),
        ("pause = ", "paws = ", 15, "Unknown key 'paws'."),
        ("# Words.", "[words]", 1, "The key 'idle' is missing."),
    ],
)
def test_a_mistake_in_a_list_is_told_with_its_line(
    listed: Path, old: str, new: str, line: int, text: str
) -> None:
    edit(listed / EN, old, new)
    found = told(listed)
    assert any(place == [EN, line] and said.startswith(text) for *place, said in found), found
    assert all(problem.fix for problem in problems(listed))


def test_a_list_that_is_no_utf8_is_told_with_its_line(listed: Path) -> None:
    (listed / EN).write_bytes(b'idle = ["the"]\nours = ["a"]\nweak = ["b"]\nforeign = ["\xff"]\n')
    assert told(listed) == [(EN, 4, "The file is not UTF-8.")]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_word_of_ours_is_both_idle_and_foreign(content: Content, language: str) -> None:
    lists = content.word_lists[language]
    assert set(lists.idle) & set(lists.foreign) == set()
    assert lists.idle
    assert lists.foreign
