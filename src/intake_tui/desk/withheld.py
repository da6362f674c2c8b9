"""The counsellor's passphrase, typed where words are kept: it is taken out of them."""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata


class Withheld:
    """Knows one passphrase when it sees it, without having it.

    It keeps a hash under a key of its own that never leaves the memory of this sitting.
    """

    def __init__(self, passphrase: str) -> None:
        self._key = os.urandom(32)
        plain = _plain(passphrase)
        self._length = len(plain)
        self._hash = self._hashed(plain)

    def without(self, text: str) -> str:
        """The text without the passphrase; as it was where it is not in there."""
        plain = _plain(text)
        at = next(
            (
                begin
                for begin in range(len(plain) - self._length + 1)
                if self._is(plain[begin : begin + self._length])
            ),
            None,
        )
        if at is None or not self._length:
            return text
        rest = plain[:at].rstrip(), plain[at + self._length :].lstrip()
        return self.without(" ".join(part for part in rest if part))

    def _is(self, text: str) -> bool:
        return hmac.compare_digest(self._hashed(text), self._hash)

    def _hashed(self, text: str) -> bytes:
        text = text.replace("-", " ").lower()  # a generated one opens however it is typed
        return hashlib.blake2b(text.encode(errors="replace"), key=self._key).digest()

    def __repr__(self) -> str:
        """Never how long it is."""
        return "<Withheld>"


def _plain(text: str) -> str:
    """As the key is made of it."""
    return unicodedata.normalize("NFKC", text)
