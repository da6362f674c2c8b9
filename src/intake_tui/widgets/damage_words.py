"""What a check of the archive found, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.records.damage import Damage
    from intake_tui.vault.shapes import Finding

KEYS = ("slot", "grant", "grants", "roster", "root", "epoch", "kdf")


def sentence(damage: Damage, words: Words) -> str:
    """One sentence on one thing that was found."""
    key = f"check.code-{damage.code}"
    if words.has(key):
        return words(key, who=_who(damage, words))
    if damage.code.startswith("planted-"):
        return words("check.keys-planted")
    if damage.code in ("slot-damaged", "grant-damaged"):
        return words("check.keys-damaged")
    if damage.code.partition("-")[0] in KEYS:
        return words("check.keys-changed")
    return words("check.other")


def _who(damage: Damage, words: Words) -> str:
    day = f"{damage.at.astimezone():%d.%m.%Y}" if damage.at else ""
    if damage.contact is None:
        return words("check.signed-then", day=day) if day else words("check.contact-unknown")
    key = "check.contact" if day else "check.contact-without-day"
    return words(key, code=damage.contact, day=day)


def line(damage: Damage, words: Words) -> str:
    """For the command line: the stable code, the place, and the sentence."""
    return f"{place(damage)} – {sentence(damage, words)}"


def place(found: Damage | Finding) -> str:
    """The stable code and the place, for whoever mends it."""
    return ": ".join(filter(None, (found.code, found.where, found.detail)))
