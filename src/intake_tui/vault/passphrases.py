"""Passphrases: generated ones, and what makes an own one too weak.

A strength meter is not used: the common ones rate «Krisesenter2025» as excellent.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from importlib.resources import files

from intake_tui.vault.left_out import is_left_out

SHORTEST = 15
_WORD = re.compile("[a-zæøå]{4,8}")
_REMAINING = 8
_LONG_NAME = 5  # letters from which a name counts within a longer word too
# Figures that stand for letters; 1 is read both ways.
_AS_I, _AS_L = (str.maketrans("013457@$!", f"o{one}eastasi") for one in "il")

_COMMON = frozenset(
    """
    krisesenteret krisesenter krisesentrene passordet passord password hemmelighet hemmelig
    velkommen administrator admin bruker logginn login norge noreg oslo bergen trondheim
    stavanger drammen kristiansand tromsø bodø hamar ålesund sommer sommar vinter høst haust
    vår januar februar mars april mai juni juli august september oktober november desember
    mandag måndag tirsdag tysdag onsdag torsdag fredag lørdag laurdag søndag sundag kommune
    kontor journal samtale arkiv intake crisis centre center letmein welcome qwertyuiopå
    qwerty asdfgh zxcvbn abcdefghijklmnopqrstuvwxyzæøå abcdef abc123 iloveyou jegelskerdeg
    dragon monkey football fotball liverpool manchester sesam
    """.split()  # noqa: SIM905  # a list that people read and add to
)


def generated(words: int = 6, *, names: Iterable[str] = ()) -> str:
    """Random Norwegian words with hyphens between: 15.3 bits each, so six give 92 bits.

    The words are those of the nor-nb list of xkcdpass that have 4 to 8 letters a-å, without the
    families of words that frighten (left_out.py): 41,288. None that `names` would refuse.
    """
    choices, avoided = _words(), tuple(names)
    while True:
        made = "-".join(secrets.choice(choices) for _ in range(words))
        if weakness(made, names=avoided) != "contains-name":
            return made


def _words() -> list[str]:
    text = (files("xkcdpass") / "static" / "nor-nb").read_text(encoding="utf-8")
    found = {word for word in text.split() if _WORD.fullmatch(word)}
    return sorted(word for word in found if not is_left_out(word))


def weakness(passphrase: str, *, names: Iterable[str]) -> str | None:
    """Why a passphrase is refused: "too-short", "common", "contains-name", or None.

    `names` are the counsellor's and the centre's. Nothing is asked of its composition.
    """
    text = unicodedata.normalize("NFKC", passphrase).casefold().strip()
    if len(text) < SHORTEST:
        return "too-short"
    if _is_common(text):
        return "common"
    if any(_holds(text, part) for name in names for part in _parts(name)):
        return "contains-name"
    return None


def _is_common(text: str) -> bool:
    """Whether little is left once well-known words, figures and repeats are taken out."""
    read = (text, text.translate(_AS_I), text.translate(_AS_L))
    return any(_is_little(one) for one in read)


def _is_little(text: str) -> bool:
    letters = "".join(sign for sign in text if sign.isalpha())
    for word in sorted(_COMMON, key=len, reverse=True):
        letters = letters.replace(word, "")
    return len(letters) < _REMAINING or len(set(letters)) < 5


def _holds(text: str, part: str) -> bool:
    """Whether a name is in it; a short one only as a word: «annen» does not hold «Ann»."""
    return part in (text if len(part) >= _LONG_NAME else _parts(text))


def _parts(name: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return [part for part in re.split(r"[\W_]+", folded) if len(part) >= 3]
