"""Who can read what a row holds: the vault keeps bytes, and knows no more of them."""

from __future__ import annotations

from typing import Protocol


class Content(Protocol):
    """Looks at bytes that came out of their seal; says in a word what is wrong with them."""

    def revision(self, head: bytes, body: bytes) -> str | None:
        """Both parts of a signed revision."""

    def draft(self, id_: bytes, blob: bytes) -> str | None:
        """An open intake."""

    def item(self, id_: bytes, kind: str, blob: bytes) -> str | None:
        """Anything else that is sealed; never the vault's own kinds."""


class AnyBytes:
    """Whatever was sealed is right."""

    def revision(self, _head: bytes, _body: bytes) -> None:
        """Right."""

    def draft(self, _id: bytes, _blob: bytes) -> None:
        """Right."""

    def item(self, _id: bytes, _kind: str, _blob: bytes) -> None:
        """Right."""
