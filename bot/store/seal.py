"""Chat ids sealed at rest: a stolen database names no one.

Source: Telegram's terms for developers, 4.4 (data is kept encrypted, the key apart from it).
"""

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import StoreBrokenError

KEY_BYTES = 32
NONCE_BYTES = 12
CHAT_BYTES = 8


class Seal:
    """Seals chat ids with AES-GCM and finds them by HMAC-SHA256, each with a key of its own."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(_derived(key, b"unknot chat seal"))
        self._lookup_key = _derived(key, b"unknot chat lookup")
        self.fingerprint = _derived(key, b"unknot key fingerprint")[:8].hex()

    def lookup(self, chat: int) -> bytes:
        """Return the value under which a chat is found; the same each time."""
        return hmac.digest(self._lookup_key, _plain(chat), "sha256")

    def close(self, chat: int) -> bytes:
        """Return the sealed chat id; another value each time."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, _plain(chat), None)

    def open(self, sealed: bytes) -> int:
        """Return the chat id.

        Raises:
            StoreBrokenError: the value was not made with this key, or was changed since.
        """
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            plain = self._cipher.decrypt(nonce, rest, None)
        except (InvalidTag, ValueError) as error:
            raise StoreBrokenError(
                "A chat id in the database cannot be opened with this key.",
                "bring a copy back: python -m bot restore FILE",
            ) from error
        return int.from_bytes(plain, "big", signed=True)


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(key)


def _plain(chat: int) -> bytes:
    return chat.to_bytes(CHAT_BYTES, "big", signed=True)
