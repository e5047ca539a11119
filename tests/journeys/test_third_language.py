"""A language is added by files alone; what has no name in it is called by its English one."""

import shutil
from pathlib import Path

from bot.catalog.files import BUILT_IN
from tests.catalog.small import problems, write
from tests.journeys.conftest import World


def with_german(folder: Path) -> Path:
    """Add German to a small folder: copies of the English files, with a few words of its own."""
    write(folder)
    (folder / "cities.tsv.gz").unlink()  # ours then, with names in English and Russian
    for name in {path.name for path in (BUILT_IN / "texts").iterdir()} - {"referral", "help-back"}:
        shutil.copytree(BUILT_IN / "texts" / name, folder / "texts" / name)
    shutil.copy(BUILT_IN / "ui" / "en.po", folder / "ui" / "en.po")
    shutil.copy(BUILT_IN / "ui" / "ru.po", folder / "ui" / "ru.po")
    for file in [*folder.rglob("en.*")]:
        shutil.copy(file, file.with_stem("de"))
    menu = folder / "menu.toml"
    menu.write_text(
        menu.read_text("utf-8").replace('en = "Basics"', 'en = "Basics", de = "Wissen"')
    )
    lines = folder / "ui" / "de.po"
    lines.write_text(lines.read_text("utf-8").replace('"English"', '"Deutsch"'), "utf-8")
    return folder


async def test_a_conversation_in_a_third_language_finds_typed_cities_and_offered_ones(
    world: World, tmp_path: Path
) -> None:
    folder = with_german(tmp_path / "content")
    assert [str(one) for one in problems(folder)] == []
    await world.show(folder)
    person = world.person("Greta", "de")
    await person.writes("/start")
    assert {"English", "Русский", "Deutsch"} <= set(person.labels)
    await person.taps("Deutsch")
    await person.taps("I agree")
    assert "London" in person.labels

    await person.writes("Springfield")
    assert any(label.startswith("Springfield, ") for label in person.labels)
    await person.writes("Europe/Nowhere")
    await person.writes("Basel")
    assert "Turn the morning reminder on" in person.labels
    await person.taps("Time zone")
    await person.writes("Europe/Vaduz")
    await person.taps("☰ Menu")
    await person.taps("Questions")
    assert "Wissen" in person.labels
    await person.taps("Wissen")
    await person.taps("Heat")
    assert "Use warmth." in person.last.text
