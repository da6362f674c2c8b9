"""Passphrases: generated ones are strong, and the weak own ones are named."""

import math

import pytest

from intake_tui.vault import passphrases
from intake_tui.vault.left_out import is_left_out


def test_six_words_are_generated_from_a_long_list():
    made = passphrases.generated()
    assert len(made.split("-")) == 6
    assert made != passphrases.generated()
    assert 6 * math.log2(len(passphrases._words())) > 92
    assert passphrases.weakness(made, names=["Åse Brattli"]) is None


def test_no_generated_word_frightens_or_hurts():
    words = set(passphrases._words())
    for word in ("mørkedød", "dårehus", "forjaga", "voldta", "drap", "likbil", "kniv", "nødrop"):
        assert word not in words
    for word in ("kveld", "like", "hengebro", "lykt", "galleri", "avgift"):
        assert not is_left_out(word)


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("kort", "too-short"),
        ("               ", "too-short"),
        ("Krisesenter2025", "common"),
        ("Kr1sesenter2025!!", "common"),
        ("passordpassordpassord", "common"),
        ("123456789012345678", "common"),
        ("aaaaaaaaaaaaaaaaaa", "common"),
        ("Sommer2024!Sommer2025!", "common"),
        ("kaffekopp på brattli i dag", "contains-name"),
        ("ＢＲＡＴＴＬＩ kaffekopp i dag", "contains-name"),
        ("en ganske lang setning om ingenting", None),
        ("kaffekopp-på-brattli-i-dag", "contains-name"),
        ("Brattlikaffe2025 i dag", "contains-name"),
        ("en fåsett dal med kaffekopp", None),
        ("en dal med åse og kaffekopp", "contains-name"),
    ],
)
def test_the_reason_is_named(passphrase, why):
    assert passphrases.weakness(passphrase, names=["Åse Brattli", "Senteret"]) == why
