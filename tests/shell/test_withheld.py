"""A passphrase among words is taken out of them, however it was typed at the sign-in."""

from __future__ import annotations

import pytest

from intake_tui.desk.withheld import Withheld

PHRASE = "ubest-nating-torsk-skruing-kris-omsonst"
SPACED = PHRASE.replace("-", " ")
TYPED = [PHRASE, SPACED, PHRASE.capitalize(), SPACED.upper()]


@pytest.mark.parametrize("signed_in", TYPED)
@pytest.mark.parametrize("typed", TYPED)
def test_with_hyphens_or_spaces_and_in_any_case(signed_in: str, typed: str) -> None:
    assert Withheld(signed_in).without(f"e-post  {typed} til-fra") == "e-post til-fra"
    assert Withheld(signed_in).without("e-post til-fra") == "e-post til-fra"
