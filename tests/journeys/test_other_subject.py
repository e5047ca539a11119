"""The whole bot on the example folder that ``new-content`` writes: houseplants, no exercises."""

from datetime import timedelta
from pathlib import Path

from bot.__main__ import main
from tests.journeys.conftest import World, until


async def test_a_person_gets_an_answer_a_reminder_and_a_referral_about_houseplants(
    world: World, tmp_path: Path
) -> None:
    assert main(["new-content", str(tmp_path / "plants")]) == 0
    await world.show(tmp_path / "plants")
    person = world.person()
    await person.writes("/start")
    assert "houseplants" in person.last.text
    await person.taps("English")
    await person.taps("I agree")
    await person.taps("Berlin")

    await person.taps("☰ Menu")
    assert "Exercises now" not in person.labels
    await person.taps("Questions and answers")
    assert person.labels[:2] == ["Everyday care", "When something is wrong"]
    await person.taps("When something")
    await person.taps("Yellow leaves")
    assert person.last.text.startswith("Yellow leaves\n")
    assert "Somebody swallowed part of a plant?" in person.last.text
    await person.writes("how often should I water my plant?")
    assert "How to water" in (*person.labels, person.last.text.split("\n")[0])

    await person.writes("exercises")
    assert person.last.text.startswith("There are no exercises here.")
    await person.writes("/reminders")
    await person.taps("Turn the morning reminder on")
    before = len(person.replies)
    world.controls.turn_to(world.controls.now().replace(hour=7) + timedelta(days=1))
    await until(lambda: len(person.replies) > before, "the morning reminder")
    assert [label for label in person.labels if label.startswith(("Start", "Half"))] == []
    await person.taps("Done")
    assert person.last.text.startswith("Well done.")

    await person.writes("my son ate a leaf of the dieffenbachia")
    assert person.replies[-1].text.startswith("This may need urgent help.")
    assert "Keep a piece of the plant" in person.last.text
    assert not any("doctor" in label for label in person.labels)
    await person.taps("Danger signs")
    assert "Keep a piece of the plant" in person.last.text


async def test_a_russian_speaker_is_answered_and_referred_about_houseplants(
    world: World, tmp_path: Path
) -> None:
    main(["new-content", str(tmp_path / "plants")])
    await world.show(tmp_path / "plants")
    person = world.person("Алиса", "ru")
    await person.writes("/start")
    await person.writes("почему у растения желтеют листья")
    assert "Жёлтые листья" in (*person.labels, person.last.text.split("\n")[0])

    await person.writes("кошка пожевала лилию")
    assert "Сохраните кусочек растения" in person.last.text
