"""The part of a vault that keeps sealed items."""

from __future__ import annotations

from typing import Protocol


class Items(Protocol):
    """Finds and replaces items by their id."""

    def put_item(self, id: bytes, kind: str, blob: bytes) -> None:  # noqa: A002
        """Inserts or replaces."""

    def get_item(self, id: bytes) -> bytes | None:  # noqa: A002
        """One item; None if there is none."""
