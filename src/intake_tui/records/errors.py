"""What can be wrong with a record that the vault gave back whole."""

from __future__ import annotations

from typing import Literal, TypeAlias

Damage: TypeAlias = Literal[
    "not-json",  # the bytes are no JSON object
    "newer-format",  # written by a newer program
    "wrong-shape",  # a part is missing, or of another kind
]


class RecordDamaged(Exception):  # noqa: N818 - named for what happened, as in the vault
    """A record cannot be read; `code` tells why. Never holds anything of what it says."""

    def __init__(self, code: Damage) -> None:
        super().__init__(code)
        self.code: Damage = code


class NoSuchRecord(LookupError):  # noqa: N818
    """No contact, or more than one, goes by what was asked for; `found` says how many."""

    def __init__(self, found: int = 0) -> None:
        super().__init__(f"{found} records")
        self.found = found
