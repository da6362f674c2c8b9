"""Who is signed in."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Me:
    """Who is signed in; `slot` in hex, `role` as the signed roster says."""

    name: str = field(repr=False)
    slot: str
    role: str
