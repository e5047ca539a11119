"""The curated words, with the operator's details filled in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.core import trail
from bot.core.actions import Action, Home, ShowDanger, ShowEntry
from bot.core.content import Content
from bot.core.operator import Operator
from bot.core.places import place_of
from bot.core.screens import Button, Screen, Style
from bot.core.text import NUMBER, Text

TEXTS_KEPT = 1024
SCREENS_KEPT = 512
Draw = Callable[..., Screen]


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks the content's words; every sentence that a person reads comes from here."""

    content: Content
    operator: Operator
    _told: Callable[[str, str, str], tuple[Text, ...]] = field(
        init=False, repr=False, compare=False
    )

    _drawn: Callable[..., Screen] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the standard texts as they were last filled in: each tap asks for some."""
        object.__setattr__(self, "_told", lru_cache(maxsize=TEXTS_KEPT)(self._filled_in))
        object.__setattr__(self, "_drawn", lru_cache(maxsize=SCREENS_KEPT)(self._draw))

    def drawn(self, draw: Draw, *words: str) -> Screen:
        """Return ``draw(voice, *words)`` as it was last drawn: at a full hour thousands get the same."""
        return self._drawn(draw, *words)

    def say(self, language: str, key: str, **values: str) -> str:
        """Return a short line, such as a button's label."""
        return self.content.phrases[language].say(key, **values)

    def count(self, language: str, key: str, n: int) -> str:
        """Return a short line in the plural form of ``n``, which it names."""
        return self.content.phrases[language].count(key, n)

    def line(self, language: str, key: str, **values: str) -> Text:
        """Return a short line as a block of its own."""
        return Text(self.say(language, key, **values))

    def tell(
        self, language: str, name: str, *, zone: str | None = None, **values: str
    ) -> tuple[Text, ...]:
        """Return the standard text ``name``, the operator's details and ``values`` filled in.

        ``zone`` chooses the country's emergency number where one is on record.
        """
        if not values:
            return self._told(language, name, self._number(zone))
        details = self._details(language, self._number(zone)) | values
        return tuple(block.fill(**details) for block in self.content.texts[name, language])

    def filled(self, language: str, blocks: Sequence[Text]) -> tuple[Text, ...]:
        """Return blocks with the operator's details filled in."""
        details = self._details(language, "")
        return tuple(block.fill(**details) for block in blocks)

    def local(self, screen: Screen, zone: str | None) -> Screen:
        """Return the screen with the emergency number of that zone, where one is on record."""
        number = self._number(zone)
        return _numbered(screen, number) if number else screen

    def button(self, language: str, key: str, action: Action, style: Style = "") -> Button:
        """Return a button labelled with the line ``key``."""
        return Button(self.say(language, key), action, style)

    def link(self, language: str, entry: str, came: str = "") -> Button:
        """Return the button that opens an answer; ``came`` is the trail to where it stands."""
        title = self.content.entries[entry].wording[language].title
        return Button(title, ShowEntry(entry, trail.fitted(came, entry)))

    def navigation(
        self, language: str, back: Action | None = None, here: Action | None = None
    ) -> tuple[Button, ...]:
        """Return the last row of a screen: back (or the menu) and the danger signs.

        ``here`` shows this screen again, and the danger signs lead back to it; None where that is
        what was asked for (see `bot.flows.reception`).
        """
        first = (
            self.button(language, "nav.menu", Home())
            if back is None
            else self.button(language, "nav.back", back)
        )
        danger = ShowDanger(place_of(here) if here else "")
        return (first, self.button(language, "nav.danger", danger, "danger"))

    def screen(
        self,
        language: str,
        blocks: Sequence[Text],
        rows: Sequence[Sequence[Button]] = (),
        *,
        back: Action | None = None,
        here: Action | None = None,
    ) -> Screen:
        """Return an ordinary screen: blocks, choices, and the row of navigation.

        ``here`` as in `navigation`.
        """
        buttons = (*(tuple(row) for row in rows), self.navigation(language, back, here))
        return Screen(tuple(blocks), buttons, language)

    def _draw(self, draw: Draw, *words: str) -> Screen:
        return draw(self, *words)

    def _filled_in(self, language: str, name: str, number: str) -> tuple[Text, ...]:
        details = self._details(language, number)
        return tuple(block.fill(**details) for block in self.content.texts[name, language])

    def _details(self, language: str, number: str) -> dict[str, str]:
        given = {
            "operator": self.operator.name,
            NUMBER: number or self.operator.emergency_number,
            "urgent_line": self.operator.urgent_line,
            "crisis_line": self.operator.crisis_line,
            "clinic_contact": self.operator.clinic_contact,
        }
        return {
            name: value or self.say(language, f"default.{name}") for name, value in given.items()
        }

    def _number(self, zone: str | None) -> str:
        country = self.content.zone_country.get(zone or "", "")
        return self.content.numbers.get(country, "")


@lru_cache(maxsize=SCREENS_KEPT)
def _numbered(screen: Screen, number: str) -> Screen:
    return replace(screen, blocks=tuple(block.with_number(number) for block in screen.blocks))
