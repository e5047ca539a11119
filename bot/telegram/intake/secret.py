"""Whether a request comes from Telegram: it alone knows the secret that we gave it."""

import hmac

from multidict import CIMultiDictProxy

HEADER = "X-Telegram-Bot-Api-Secret-Token"


def is_ours(headers: CIMultiDictProxy[str], secret: str) -> bool:
    """Return whether the secret stands there once, and right; compared in constant time.

    Source: Bot API, setWebhook, secret_token.
    """
    given = headers.getall(HEADER, [])
    shown = "".join(given).encode("utf-8", "surrogateescape")
    # compared however many there are, so that the time tells nothing
    return hmac.compare_digest(shown, secret.encode()) and len(given) == 1
