"""What the bot told Telegram of its webhook, and what became of it."""

import re
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from bot.simulator.fields import Params
from bot.simulator.refusals import bad_request

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
PORTS = {None, 80, 88, 443, 8443}
MOST_CONNECTIONS, USUAL_CONNECTIONS = 100, 40


@dataclass
class HookState:
    """A webhook; without an address there is none.

    Attributes:
        failed_at: When a delivery last failed, seconds since 1970; 0: never.
        failure: Why, in Telegram's words.
    """

    url: str = ""
    secret: str = field(default="", repr=False)
    max_connections: int = USUAL_CONNECTIONS
    failed_at: int = 0
    failure: str = ""

    @classmethod
    def wanted(cls, params: Params) -> Self:
        """Return what a setWebhook call asks for.

        Raises:
            ApiError: 400, Telegram would not take it.
        """
        url, secret = params.get("url", ""), params.get("secret_token", "")
        if url and not url.startswith("https://"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if url and urlsplit(url).port not in PORTS:
            raise bad_request(
                "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
            )
        if secret and not SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        most = params.get("max_connections", USUAL_CONNECTIONS)
        return cls(url, secret, min(max(most, 1), MOST_CONNECTIONS))

    def fail(self, why: str, at: int) -> None:
        """Note that a delivery failed."""
        self.failed_at, self.failure = at, why

    def shape(self, waiting: int) -> dict[str, Any]:
        """Return what getWebhookInfo says."""
        told: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": waiting,
        }
        if self.url:
            told["max_connections"] = self.max_connections
        if self.url and self.failed_at:
            told |= {"last_error_date": self.failed_at, "last_error_message": self.failure}
        return told
