"""What a use case returns: a screen, without knowing how it reaches the person."""

from dataclasses import dataclass, field
from typing import Literal

from bot.core.actions import Action
from bot.core.text import Text

MOST_CHOICES = 7
"""On one screen, beside its row of navigation."""

Style = Literal["", "primary", "success", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """A labelled choice. The label is shown as it is; the action says what a tap wants."""

    label: str
    action: Action
    style: Style = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that goes with a screen's text.

    Attributes:
        name: The exercise that it shows.
        moving: A film; else its still picture.
    """

    name: str
    moving: bool = True


@dataclass(frozen=True, slots=True)
class Screen:
    """A message as the person sees it.

    Attributes:
        blocks: Paragraphs, drawn with an empty line between them.
        buttons: Rows of buttons, top to bottom; the last row is navigation.
        language: Language of the texts; it travels on in the buttons.
        picture: Shown beside the text where its file is there; None for none.
        toast: A short line shown over the chat for a moment; "" for none.
        urgent: A referral: it goes out before everything else.
        fresh: A message of its own; the one that was tapped stays as it is.
    """

    blocks: tuple[Text, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    language: str = "en"
    picture: Picture | None = None
    toast: str = ""
    urgent: bool = False
    fresh: bool = False
    _hash: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        """Return a hash of what is shown, counted once: what is made of a screen is kept by it."""
        if not self._hash:
            shown = self.blocks, self.buttons, self.language, self.picture
            self._hash.append(hash((*shown, self.toast, self.urgent, self.fresh)))
        return self._hash[0]
