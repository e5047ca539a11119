"""Settings: names, values, and what the operator has not filled in."""

from collections.abc import Iterator

from bot.catalog.folder import load
from bot.commands.checkup.findings import Case, Finding, ok, told, warning
from bot.errors import ContentError
from bot.settings import PREFIX

# by setting: the key of the content's words that stand in for it
DETAILS = {
    "BOT_OPERATOR_NAME": "operator",
    "BOT_CLINIC_CONTACT": "clinic_contact",
    "BOT_EMERGENCY_NUMBER": "emergency_number",
    "BOT_URGENT_LINE": "urgent_line",
    "BOT_CRISIS_LINE": "crisis_line",
}


def settings(case: Case) -> Iterator[Finding]:
    """Name each setting that is wrong."""
    yield from (told("settings", error) for error in case.wrong)
    if not case.wrong:
        yield ok("settings: every name is known and every value can be used")


def operator(case: Case) -> Iterator[Finding]:
    """Name each detail that is missing, and what people read in its place."""
    missing = [name for name in DETAILS if not getattr(case.settings, _field(name))]
    words = _words(case) if missing else {}
    for name in missing:
        where = " where their country's own is not on record" * (name == "BOT_EMERGENCY_NUMBER")
        instead = f'; people read "{words[name]}"{where}' if name in words else ""
        yield warning(f"operator: {name} is not set{instead}.", f"set {name}.")
    if not missing:
        yield ok("operator: name, contact and numbers are set")


def _field(name: str) -> str:
    return name.removeprefix(PREFIX).lower()


def _words(case: Case) -> dict[str, str]:
    """Return what stands in for each detail, in the default language; {}: the content is broken."""
    try:
        content = load(case.settings.content_dir)
    except ContentError:
        return {}
    chosen = case.settings.default_language
    phrases = content.phrases[chosen if chosen in content.languages else content.languages[0]]
    words = {name: phrases.lines.get(f"default.{key}") for name, key in DETAILS.items()}
    return {name: forms[0] for name, forms in words.items() if forms}
