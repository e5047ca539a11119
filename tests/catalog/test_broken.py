"""One edit breaks a folder: one line says what is wrong, with the right file and line."""

import gzip
import shutil
from pathlib import Path

import pytest

from bot.catalog.files import BUILT_IN
from bot.catalog.folder import examine, load
from bot.errors import ContentError
from tests.catalog.small import LINES, edit, problems

HEAT = "faq/heat/entry.toml"
LONG = "x" * 33

EDITS = [
    (HEAT, 'topic = "basics"', 'topic = "basics', 1),
    (HEAT, "version = 1", "version = ", 6),
    (HEAT, "version = 1", "version = 0", 6),
    (HEAT, "version = 1", "version = true", 6),
    (HEAT, "version = 1", 'version = "1"', 6),
    (HEAT, "version = 1", "version = 1\ncolour = 'red'", 7),
    (HEAT, "version = 1", "version = 1\nversion = 2", 7),
    (HEAT, 'status = "draft"', 'status = "done"', 7),
    (HEAT, 'status = "draft"', 'status = "reviewed"\nreviewed = 2026-01-02', 1),
    (HEAT, 'status = "draft"', 'status = "draft"\nreviewer = "N. N."', 8),
    (HEAT, 'status = "draft"', 'status = "reviewed"\nreviewer = "N"\nreviewed = "now"', 9),
    (
        HEAT,
        'status = "draft"',
        'status = "reviewed"\nreviewer = "N"\nreviewed = 2026-01-02 03:04:05',
        9,
    ),
    (HEAT, 'help = "H-BACK"', 'help = "H-NOWHERE"', 4),
    (HEAT, 'help = "H-BACK"\n', "", 1),
    (HEAT, 'help = "H-BACK"', 'help = " "', 4),
    (HEAT, 'sources = ["G1"]', 'sources = ["G1", "G77"]', 3),
    (HEAT, 'sources = ["G1"]', 'sources = ["G1", "G1"]', 3),
    (HEAT, 'sources = ["G1"]', "sources = []", 3),
    (HEAT, 'sources = ["G1"]', "sources = [1]", 3),
    (HEAT, "articles = [1]", "articles = [9]", 2),
    (HEAT, "articles = [1]", "articles = [1, 1]", 2),
    (HEAT, "articles = [1]", "articles = 1", 2),
    (HEAT, 'related = ["rest"]', 'related = ["rest", "gone"]', 5),
    (HEAT, 'related = ["rest"]', 'related = ["heat"]', 5),
    (HEAT, 'related = ["rest"]', 'related = [\n    "rest",\n    "gone",\n]', 7),
    ("faq/heat/en.md", '"Heat"', f'"{LONG}"', 2),
    ("faq/heat/ru.md", '"Heat"', f'"{LONG}4444"', 2),
    ("faq/heat/en.md", "summary = ", "sumary = ", 2),
    ("faq/heat/en.md", '"One line."', '"""Two\nlines."""', 3),
    ("faq/heat/en.md", '["one", "two words"]', "[]", 4),
    ("faq/heat/en.md", "Use **warmth**.", "Use <b>warmth</b>.", 6),
    ("faq/heat/en.md", "Use **warmth**.", "", 6),
    ("faq/heat/ru.md", "Use **warmth**.", "Use {warmth}.", 6),
    ("faq/heat/en.md", "+++\ntitle", "title", 1),
    ("faq/heat/en.md", 'words"]\n+++', 'words"]', 1),
    ("faq/heat/en.md", "title = ", "title : ", 2),
    ("faq/rest/ru.md", 'words"]\n+++', 'words"]\n+++\nBody.', 6),
    ("texts/referral/ru.md", "{emergency_number}", "{number}", 4),
    ("texts/referral/ru.md", "Call {emergency_number}.", "", 4),
    ("texts/referral/ru.md", 'title = "A text"', "", 2),
    ("texts/referral/ru.md", 'title = "A text"', 'title = "A"\nsummary = "B"', 3),
    ("menu.toml", '"heat"]', '"heat", "gone"]', 4),
    ("menu.toml", '"rest", "heat"', '"rest", "heat", "heat"', 4),
    ("menu.toml", 'ru = "Основы"', 'de = "Basis"', 3),
    ("menu.toml", 'id = "basics"', 'id = "Basics!"', 2),
    ("menu.toml", "[[topic]]", "[topic]", 1),
    ("menu.toml", "title = {", "names = {", 1),
    ("sources.toml", 'title = "A guideline"', "", 5),
    ("sources.toml", "https://example.org/a", "example.org/a", 3),
    ("sources.toml", "https://example.org/a", "https://[::1", 3),
    ("sources.toml", "[A1]", 'B1 = "book"\n[A1]', 1),
    ("emergency-numbers.toml", '"112"', '"call 112"', 2),
    ("emergency-numbers.toml", "[DE]", "[Germany]", 1),
    ("emergency-numbers.toml", "https://two", "ftp://two", 3),
    ("emergency-numbers.toml", "[DE]", "FR = 112\n[DE]", 1),
    ("reminders/en.toml", LINES, '["Only one."]\n', 1),
    ("reminders/en.toml", "Line number 3.", "Line number 4.", 6),
    ("reminders/en.toml", "break = ", "brake = ", 1),
    ("reminders/en.toml", "morning = ", 'standing = ["No such line."]\nmorning = ', 1),
    ("ui/en.po", "msgid_plural", "msgid_many", 10),
    ("ui/ru.po", 'msgstr "Menu"', 'msgstr ""', 6),
    ("ui/ru.po", 'msgstr "Menu"', 'msgstr "Menu {name}"', 6),
    ("ui/ru.po", 'msgid "menu.home"', '#, fuzzy\nmsgid "menu.home"', 6),
    ("ui/ru.po", 'msgstr[2] "{n} дней"', "", 9),
    ("ui/ru.po", "nplurals=3", "nplurals=2", 1),
    ("ui/ru.po", "plural=(", "plural=import(", 1),
    ("ui/ru.po", "plural=(n%10==1", "plural=(n%0==1", 1),
    ("ui/ru.po", "Plural-Forms", "Plurals", 1),
    ("triage/en.toml", "[rules]", "[rules", 4),
    ("triage/en.toml", "[categories.chest]\nurgency", "[categories]\nchest", 2),
    ("triage/en.toml", "chest = [", "heart = [", 5),
]


@pytest.mark.parametrize(("file", "old", "new", "line"), EDITS)
def test_one_edit_gives_its_file_and_line(
    folder: Path, file: str, old: str, new: str, line: int
) -> None:
    edit(folder / file, old, new)
    places = [(problem.file, problem.line) for problem in problems(folder)]
    assert (str(folder / file), line) in places


MISSING = [
    "faq/heat/entry.toml",
    "faq/heat/ru.md",
    "texts/help-back/ru.md",
    "texts/referral/en.md",
    "menu.toml",
    "sources.toml",
    "reminders/ru.toml",
    "triage/ru.toml",
    "ui/ru.po",
]


@pytest.mark.parametrize("file", MISSING)
def test_a_missing_file_is_named_with_one_line(folder: Path, file: str) -> None:
    (folder / file).unlink()
    found = [problem for problem in problems(folder) if problem.file == str(folder / file)]
    assert [(problem.line, problem.text) for problem in found] == [(1, "The file is missing.")]


@pytest.mark.parametrize("file", MISSING)
def test_a_file_that_is_not_utf8_is_named_with_its_line(folder: Path, file: str) -> None:
    (folder / file).write_bytes(b"# fine\n\xff\xfe\n")
    found = [problem for problem in problems(folder) if problem.file == str(folder / file)]
    assert [(problem.line, problem.text) for problem in found] == [(2, "The file is not UTF-8.")]


@pytest.mark.parametrize("file", MISSING)
def test_a_folder_in_the_place_of_a_file_is_one_problem(folder: Path, file: str) -> None:
    (folder / file).unlink()
    (folder / file).mkdir()
    found = [problem for problem in problems(folder) if problem.file == str(folder / file)]
    assert [problem.text for problem in found] == ["The file cannot be read (Is a directory)."]


def test_a_missing_folder_of_answers_is_named(folder: Path) -> None:
    (folder / "faq").rename(folder / "answers")
    assert problems(folder)[0].file == str(folder / "faq")


def test_a_folder_without_the_referral_is_refused(folder: Path) -> None:
    (folder / "texts/referral").rename(folder / "texts/welcome")
    assert "The referral is missing." in {problem.text for problem in problems(folder)}


def test_a_missing_content_folder_is_one_problem(tmp_path: Path) -> None:
    assert [str(problem) for problem in examine(tmp_path / "none")] == [
        f"{tmp_path}/none:1: The content folder is missing. Fix: name a folder."
    ]


def test_an_empty_folder_has_no_language_and_says_so(tmp_path: Path) -> None:
    assert "There is no language." in {problem.text for problem in problems(tmp_path)}


def test_a_new_language_lists_every_file_that_it_lacks(folder: Path) -> None:
    (folder / "ui/de.po").write_text((folder / "ui/en.po").read_text("utf-8"), "utf-8")
    missing = {p.file for p in problems(folder) if p.text == "The file is missing."}
    names = ("faq/heat/de.md", "faq/rest/de.md", "reminders/de.toml", "triage/de.toml")
    ours = {f"texts/{path.name}/de.md" for path in (BUILT_IN / "texts").iterdir()}
    assert missing == {str(folder / name) for name in {*names, *ours, "texts/help-back/de.md"}}


@pytest.mark.parametrize("name", ["faq/heat/de.md", "faq/heat/notes.txt", "texts/referral/en.html"])
def test_a_file_that_nothing_reads_is_a_problem(folder: Path, name: str) -> None:
    (folder / name).write_text("", "utf-8")
    assert [problem.file for problem in problems(folder)] == [str(folder / name)]


@pytest.mark.parametrize("name", ["faq/.DS_Store", "faq/heat/en.md~", "faq/heat/.en.md.swp"])
def test_hidden_files_and_editors_copies_are_left_alone(folder: Path, name: str) -> None:
    (folder / name).write_text("", "utf-8")
    assert problems(folder) == []


@pytest.mark.parametrize("name", ["Heat", "heat_2", "-heat", "h" * 41, "тепло", "a\nb"])
def test_a_folder_name_that_cannot_be_an_id_is_a_problem(folder: Path, name: str) -> None:
    (folder / "faq" / name).mkdir()
    (found,) = problems(folder)
    assert "cannot be an id" in str(found)
    assert "\n" not in str(found)


def test_a_loose_file_among_the_answers_is_a_problem(folder: Path) -> None:
    (folder / "faq/heat.md").write_text("", "utf-8")
    assert [problem.text for problem in problems(folder)] == ["Only folders belong here."]


def test_an_eighth_entry_of_a_topic_is_a_problem(folder: Path) -> None:
    names = ", ".join(f'"e{n}"' for n in range(8))
    edit(folder / "menu.toml", '"rest", "heat"', names)
    assert "The topic has 8 entries." in {problem.text for problem in problems(folder)}


def test_an_eighth_topic_is_a_problem(folder: Path) -> None:
    topic = '\n[[topic]]\nid = "t{n}"\ntitle = {{ en = "T", ru = "T" }}\nentries = ["rest"]\n'
    more = "".join(topic.format(n=n) for n in range(7))
    (folder / "menu.toml").write_text((folder / "menu.toml").read_text("utf-8") + more, "utf-8")
    found = {(problem.line, problem.text) for problem in problems(folder)}
    assert (1, "There are 8 topics.") in found
    assert (9, "'rest' stands in two topics.") in found


def test_a_topic_id_that_stands_twice_is_a_problem(folder: Path) -> None:
    menu = (folder / "menu.toml").read_text("utf-8")
    (folder / "menu.toml").write_text(f"{menu}\n{menu}", "utf-8")
    assert (7, "The topic 'basics' stands here twice.") in {
        (problem.line, problem.text) for problem in problems(folder)
    }


def test_a_topic_with_no_answers_is_a_dead_end_and_a_problem(folder: Path) -> None:
    more = '\n[[topic]]\nid = "bare"\ntitle = { en = "Bare", ru = "Пусто" }\nentries = []\n'
    menu = folder / "menu.toml"
    menu.write_text(menu.read_text("utf-8") + more, "utf-8")
    assert [str(p).removeprefix(f"{menu}:") for p in problems(folder)] == [
        "9: 'entries' is empty. Fix: name at least one."
    ]


def test_an_entry_that_no_topic_lists_is_a_problem(folder: Path) -> None:
    edit(folder / "menu.toml", '"rest", "heat"', '"rest"')
    (found,) = problems(folder)
    assert (found.file, found.line) == (str(folder / HEAT), 1)
    assert found.text == "No topic of menu.toml lists this entry."


def test_an_entry_that_names_another_topic_than_the_menu_is_a_problem(folder: Path) -> None:
    edit(folder / HEAT, 'topic = "basics"', 'topic = "relief"')
    assert [(p.file, p.line) for p in problems(folder)] == [(str(folder / HEAT), 1)]


def test_two_answers_that_a_button_cannot_tell_apart_are_a_problem(folder: Path) -> None:
    shutil.copytree(folder / "faq/heat", folder / "faq/aaen")
    edit(folder / "menu.toml", '"rest", "heat"', '"rest", "heat", "aaen"')
    (found,) = problems(folder)
    assert str(found) == (
        f"{folder}/faq/rest/entry.toml:1: In buttons 'rest' looks like 'aaen'. Fix: rename one."
    )


def test_a_topic_that_a_button_cannot_tell_from_an_answer_is_a_problem(folder: Path) -> None:
    for file in (folder / "menu.toml", folder / HEAT, folder / "faq/rest/entry.toml"):
        edit(file, '"basics"', '"bnwb"')
    assert [p.text for p in problems(folder)] == ["In buttons 'rest' looks like 'bnwb'."]


def test_more_than_three_related_entries_are_a_problem(folder: Path) -> None:
    edit(folder / HEAT, '["rest"]', '["rest", "a", "b", "c"]')
    assert "There are 4 related entries." in {problem.text for problem in problems(folder)}


def test_a_planned_entry_with_prose_is_a_problem(folder: Path) -> None:
    edit(folder / HEAT, '"draft"', '"planned"')
    assert {problem.text for problem in problems(folder)} == {"A planned entry has prose."}


def test_a_key_that_one_language_lacks_is_a_problem(folder: Path) -> None:
    edit(folder / "ui/ru.po", 'msgid "menu.home"', 'msgid "menu.house"')
    assert [(p.file, p.text) for p in problems(folder)] == [
        (str(folder / "ui/en.po"), "The key 'menu.house' is missing."),
        (str(folder / "ui/ru.po"), "The key 'menu.home' is missing."),
    ]


def test_a_key_that_stands_twice_is_a_problem(folder: Path) -> None:
    with (folder / "ui/ru.po").open("a", encoding="utf-8") as catalog:
        catalog.write('\nmsgid "menu.home"\nmsgstr "Menu"\n')
    assert [(p.line, p.text) for p in problems(folder)] == [
        (15, "The key 'menu.home' stands twice.")
    ]


def test_every_mistake_is_listed_at_once(folder: Path) -> None:
    edit(folder / HEAT, "version = 1", "version = 0")
    edit(folder / "faq/rest/entry.toml", "version = 1", "version = 0")
    edit(folder / "menu.toml", 'ru = "Основы"', 'ru = ""')
    assert len(problems(folder)) == 3


def test_loading_stops_at_the_first_problem_with_one_line(folder: Path) -> None:
    edit(folder / HEAT, "version = 1", "version = 0")
    with pytest.raises(ContentError) as caught:
        load(folder)
    assert str(caught.value) == (
        f"{folder}/{HEAT}:6: 'version' is not a number from 1 on. Fix: write 1."
    )


CITIES = """[order]
en = ["Europe/Berlin"]
ru = ["Europe/Berlin"]

[[city]]
zone = "Europe/Berlin"
en = "Berlin"
ru = "Берлин"
"""


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("[order]", "[order", 1),
        ('ru = ["Europe/Berlin"]\n', "", 1),
        ('en = ["Europe/Berlin"]', "en = 1", 2),
        ('ru = "Берлин"', "", 5),
        ('zone = "Europe/Berlin"', "zone = 1", 6),
        ('zone = "Europe/Berlin"', 'zone = "Europe/Nowhere"', 1),
        ("[[city]]", "[city]", 5),
        ("[order]", "[orders]", 1),
    ],
)
def test_a_mistake_in_the_offered_cities_has_its_line(
    folder: Path, old: str, new: str, line: int
) -> None:
    (folder / "cities.toml").write_text(CITIES.replace(old, new), "utf-8")
    places = [(problem.file, problem.line) for problem in problems(folder)]
    assert (str(folder / "cities.toml"), line) in places


@pytest.mark.parametrize("raw", [b"\x1f\x8b", b"no gzip", gzip.compress(b"#\tDE\n", mtime=0)])
def test_a_damaged_table_of_cities_is_a_problem(folder: Path, raw: bytes) -> None:
    (folder / "cities.tsv.gz").write_bytes(raw)
    assert [problem.file for problem in problems(folder)] == [str(folder / "cities.tsv.gz")]


@pytest.mark.parametrize(
    ("old", "wrong", "line"),
    [
        ('urgency = "emergency"', 'urgency = ["emergency"]', 1),
        ('urgency = "emergency"', "urgency = {}", 1),
        ('urgency = "emergency"', 'urgency = "prompt"\nsource = []', 1),
        ('id = "chest.pain"', "id = {}", 5),
        ('strength = "strong"', 'strength = ["strong"]', 6),
        ('strength = "strong"', "strength = {}", 6),
        ('near = ["chest", "pain"]', 'near = ["chest", {}]', 6),
        ('fires = ["chest pain"]', "fires = [2026-01-02]", 6),
        ("chest = [", "chest = 2026-01-02\nlegs = [", 5),
    ],
)
def test_a_value_of_a_wrong_kind_among_the_words_of_danger_is_a_problem_at_its_line(
    folder: Path, old: str, wrong: str, line: int
) -> None:
    edit(folder / "triage/en.toml", old, wrong)
    assert [(p.file, p.line) for p in problems(folder)] == [(str(folder / "triage/en.toml"), line)]


def test_a_folder_of_lexicons_without_a_rule_is_a_problem(folder: Path) -> None:
    edit(folder / "triage/en.toml", "[rules]", "[[rules]]")
    assert [p.text for p in problems(folder)] == ["rules is not a table."]


def test_weights_that_cannot_be_used_are_a_problem_that_says_how_to_make_them(
    folder: Path,
) -> None:
    (folder / "triage/learned.json").write_text("{}", "utf-8")
    (found,) = problems(folder)
    assert (found.file, found.line) == (str(folder / "triage/learned.json"), 1)
    assert "python -m bot teach" in found.fix


@pytest.mark.parametrize("name", ["faq/rest", "texts/help-back"])
def test_an_empty_folder_lacks_each_language(folder: Path, name: str) -> None:
    for file in (folder / name).iterdir():
        file.unlink()
    missing = {problem.file for problem in problems(folder) if "missing" in problem.text}
    assert {str(folder / name / "en.md"), str(folder / name / "ru.md")} <= missing
