"""Where Telegram sends updates when the bot does not ask for them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook.

    Attributes:
        url: Its address, as Telegram reaches it.
        secret: What Telegram shows there, so that we know it.
    """

    url: str
    secret: str = field(repr=False)
