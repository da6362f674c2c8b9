"""Words that no generated passphrase is made of: what frightens or hurts at a crisis centre.

Whole families of words go with a stem, harmless ones among them: there are enough others.
"""

from __future__ import annotations

import re

_ANYWHERE = """
    angst arrest blod bombe bortdøm død drap drep dåre faen flukt flykt forbryt forfølg frykt
    galehus galskap gevær gråt helvet hets hevn horeh incest jag jøde jævl kidnap kniv knull
    kreft krenk krig kvele kveli lesbe likkist løgn lynsj misbruk mobb mord myrde nazi overgrep
    panikk pedofil pistol psyk redd redsel sadis satan sex skade skam skjend skrekk slakt slave
    smerte sorg spark strup svik tater terror tispe tortur trell trussel tvang tving vanær vold
    våpen
"""
_AT_THE_BEGINNING = """
    abort bortfør bøddel djevel dolk drit fange fengsel fitt galen galge galing gift grav grue
    grufull hat henging hengning henrett homse hore idiot juling kuk kveln lemlest likb likf
    likk ludder neger nød ond
    pine pisk piss rumpe sinns sjalu skuddsår skyt slå sverd sår true truse utroskap øks
"""
_AS_THEY_ARE = "babylik barnelik mishandle skamslå"


def _stems(text: str) -> str:
    return "|".join(text.split())


_PATTERN = re.compile(
    f"(?:.*(?:{_stems(_ANYWHERE)})|(?:{_stems(_AT_THE_BEGINNING)})).*|{_stems(_AS_THEY_ARE)}"
)


def is_left_out(word: str) -> bool:
    """Whether a word is one of those, or of their families."""
    return _PATTERN.fullmatch(word) is not None
