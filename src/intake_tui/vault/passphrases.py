"""Passphrases: generated ones, and what makes an own one too weak.

A strength meter is not used: the common ones rate «Krisesenter2025» as excellent.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from intake_tui.vault.left_out import is_left_out

SHORTEST = 15
_WORD = re.compile("[a-zæøå]{4,8}")
_GENERATED = 6  # words
_REMAINING = 10  # letters that must be left, once what everybody thinks of is taken out
_DIFFERENT = 7
_WITHOUT_REPEATS = 12  # signs
_LONG_NAME = 5  # letters from which a name counts within a longer word too
# Figures that stand for letters; 1 is read both ways.
_AS_I, _AS_L = (str.maketrans("013457@$!", f"o{one}eastasi") for one in "il")

# Taken out wherever they stand, within longer words too.
_COMMON = frozenset(
    """
    krisesenteret krisesenter krisesentrene krisetelefon krise kvinnesenter kvinnehuset kvinnehus
    voldtektsmottak overgrepsmottak mottak senteret barnevernet barneverntjenesten barnevern
    miljøterapeut miljøarbeider sosionom terapeut rådgiver nødtelefon telefon vakttelefon
    passordet passordfrase passord password hemmelighet hemmelig kodeord kode nøkkelord låsopp
    velkommen velkomen administrator admin bruker logginn login norge noreg oslo bergen trondheim
    stavanger drammen kristiansand tromsø bodø hamar ålesund sommer sommar vinter høst haust
    vår januar februar mars april mai juni juli august september oktober november desember
    mandag måndag tirsdag tysdag onsdag torsdag fredag lørdag laurdag søndag sundag kommune
    ferie påske julaften jul pinse nyttår kontor journal samtale arkiv intake crisis centre center
    letmein welcome iloveyou jegelskerdeg gladideg elskerdeg dragon monkey football fotball
    liverpool manchester arsenal brann rosenborg youllneverwalkalone sesam harrypotter pokemon
    mamma pappa rødblågulgrønn rødgulgrønn entotrefire ententotretre abcde
    """.split()  # noqa: SIM905  # a list that people read and add to
)
# These count for nothing as words of their own only: within others they are too often by chance.
_SMALL = frozenset(
    """
    a i å og på er en ei et ett to tre fire fem seks sju syv åtte ni ti null av til for fra med om
    at som det den de du deg din jeg eg meg min mitt mine vi oss ha har hei opp ned inn ut ved nå
    ikke ikkje god godt alle
    """.split()  # noqa: SIM905
)
_ROWS = ("1234567890", "qwertyuiopå", "asdfghjkløæ", "zxcvbnm", "abcdefghijklmnopqrstuvwxyzæøå")
_COLUMNS = ("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm")
_REPEATED = re.compile(r"(.{2,}?)\1+")


def generated(*, names: Iterable[str] = ()) -> str:
    """Random Norwegian words with hyphens between: 15.3 bits each, so six give 92 bits.

    The words are those of the nor-nb list of xkcdpass that have 4 to 8 letters a-å, without the
    families of words that frighten (left_out.py): 41,288. None that `names` would refuse.
    """
    choices, avoided = _words(), tuple(names)
    while True:
        made = "-".join(secrets.choice(choices) for _ in range(_GENERATED))
        if weakness(made, names=avoided) != "contains-name":
            return made


def as_generated(passphrase: str) -> str | None:
    """What a generated passphrase may be that was typed with spaces or capital letters."""
    plain = unicodedata.normalize("NFKC", passphrase)
    words = plain.lower().replace("-", " ").split()
    made = "-".join(words)
    looks_generated = len(words) == _GENERATED and all(map(_WORD.fullmatch, words))
    return made if looks_generated and made != plain else None


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
    """Whether little is left once well-known words, walks over the keyboard and repeats go."""
    read = (text, text.translate(_AS_I), text.translate(_AS_L))
    return any(_is_little(one) for one in read)


def _is_little(text: str) -> bool:
    words = dict.fromkeys(re.split(r"[\W_]+", text))  # each once
    whole = _REPEATED.sub(r"\1", "".join(word for word in words if word not in _SMALL))
    if len(_REPEATED.sub(r"\1", "".join(words))) < _WITHOUT_REPEATS:
        return True
    for known in _taken_out():
        whole = whole.replace(known, "")
    letters = [sign for sign in whole if sign.isalpha()]
    return len(letters) < _REMAINING or len(set(letters)) < _DIFFERENT


@cache
def _taken_out() -> list[str]:
    """Well-known words and walks over the keyboard, the longest first."""
    walks = [part for row in _ROWS for part in _parts_of(row, 4)]
    walks += [part for column in _COLUMNS for part in _parts_of(column, 3)]
    return sorted({*_COMMON, *walks}, key=lambda known: (-len(known), known))


def _parts_of(row: str, shortest: int) -> Iterator[str]:
    """Both ways."""
    for start in range(len(row) - shortest + 1):
        for end in range(start + shortest, len(row) + 1):
            yield row[start:end]
            yield row[start:end][::-1]


def _holds(text: str, part: str) -> bool:
    """Whether a name is in it; a short one only as a word: «annen» does not hold «Ann»."""
    return part in (text if len(part) >= _LONG_NAME else _parts(text))


def _parts(name: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return [part for part in re.split(r"[\W_]+", folded) if len(part) >= 3]
