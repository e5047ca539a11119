import pytest

from bot.core.language import hinted_language, script_language

LANGUAGES = ("en", "ru")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("my neck is stiff", "en"),
        ("болит шея", "ru"),
        ("Ёлка", "ru"),
        ("болит спина после MRI", "ru"),
        ("7:30", None),
        ("/start", None),
        ("", None),
        ("ab вг", None),
    ],
)
def test_the_script_of_a_text_tells_its_language(text: str, language: str | None) -> None:
    assert script_language(text, LANGUAGES) == language


def test_a_script_whose_language_is_not_offered_tells_nothing() -> None:
    assert script_language("болит шея", ("en",)) is None


@pytest.mark.parametrize(
    ("code", "language"),
    [("ru", "ru"), ("ru-RU", "ru"), ("EN", "en"), ("de", None), ("", None), (None, None)],
)
def test_telegrams_hint_counts_only_for_offered_languages(
    code: str | None, language: str | None
) -> None:
    assert hinted_language(code, LANGUAGES) == language
