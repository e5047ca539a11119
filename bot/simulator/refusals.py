"""How Telegram says no: the code and the exact sentence of each refusal that we can meet.

Source: the sentences are those of the Bot API server (tdlib/telegram-bot-api and what it passes on).
"""


class ApiError(Exception):
    """A call that Telegram refuses.

    Attributes:
        code: HTTP status and ``error_code`` of the reply.
        description: The sentence, with its prefix ("Bad Request: ...").
        retry_after: Seconds to wait, only with code 429.
        new_chat: The chat's new id, only where it has migrated.
    """

    def __init__(
        self, code: int, description: str, retry_after: int = 0, *, new_chat: int = 0
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.new_chat = new_chat

    def reply(self) -> dict[str, object]:
        """Return the body that Telegram sends with this refusal."""
        body = {"ok": False, "error_code": self.code, "description": self.description}
        told = {"retry_after": self.retry_after, "migrate_to_chat_id": self.new_chat}
        parameters = {name: value for name, value in told.items() if value}
        return body | ({"parameters": parameters} if parameters else {})


class NotPossibleError(ValueError):
    """A person cannot do this (no such chat, no such button); the text says why."""


def bad_request(reason: str) -> ApiError:
    """Return a 400 with this reason."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """Return a 403 with this reason."""
    return ApiError(403, f"Forbidden: {reason}")


def too_many(seconds: int) -> ApiError:
    """Return a 429 that asks to wait this many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def migrated(to: int) -> ApiError:
    """Return the 400 that names a chat's new id."""
    reason = "group chat was upgraded to a supergroup chat"
    return ApiError(400, f"Bad Request: {reason}", new_chat=to)


def conflict(reason: str) -> ApiError:
    """Return a 409 with this reason."""
    return ApiError(409, f"Conflict: {reason}")


CHAT_NOT_FOUND = "chat not found"
NO_ENTITIES = "can't parse entities: unexpected end of the entity"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook"
    " first"
)
