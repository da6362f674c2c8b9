"""The recovery sheet: 160 bits as eight groups of five signs, the fifth of each a check.

Signs are Crockford's base 32 (no I, L, O, U). The check is a weighted sum over GF(32)
with the group's place added: one wrong sign, two swapped signs and two swapped groups
are always found, and the group is named.
"""

from __future__ import annotations

import re
import secrets

from intake_tui.vault.errors import WrongRecovery

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY_SIZE = 20
GROUPS = 8
SIZE = 5  # signs of a group
_ALIKE = str.maketrans("OIL", "011")


def new_key() -> bytes:
    """160 random bits."""
    return secrets.token_bytes(KEY_SIZE)


def printed(key: bytes) -> str:
    """The eight groups, joined by hyphens."""
    whole = int.from_bytes(key, "big")
    values = [whole >> 5 * place & 31 for place in reversed(range(GROUPS * 4))]
    groups = (values[start : start + 4] for start in range(0, GROUPS * 4, 4))
    return "-".join(
        "".join(SIGNS[value] for value in [*group, _check(number, group)])
        for number, group in enumerate(groups, 1)
    )


def drawn() -> str:
    """The text of a sheet that opens nothing yet: it can be copied down and read back first.

    Then no moment is left in which the old sheet has ended and nobody has the new one.
    """
    return printed(new_key())


def parse(text: str) -> bytes:
    """The key of a printed text, however it was spaced or cased.

    Raises WrongRecovery with the number of the first group that does not add up.
    """
    whole = 0
    for number, group in enumerate(_groups(text), 1):
        values = [SIGNS.find(sign) for sign in group]
        if len(values) != 5 or -1 in values or values[4] != _check(number, values[:4]):
            raise WrongRecovery(number)
        for value in values[:4]:
            whole = whole << 5 | value
    return whole.to_bytes(KEY_SIZE, "big")


def groups(text: str) -> list[str]:
    """The groups of a text as it was typed, in the signs of the code.

    The numbers that the sheet shows before its groups are no part of them: «1 H2F9P 2 …».
    """
    kept: list[str] = []
    typed = re.findall(r"\w+", text.upper().translate(_ALIKE))
    for group, after in zip(typed, [*typed[1:], ""], strict=False):
        number = str(len(kept) + 1)
        if group == number and len(after) == SIZE:
            continue
        is_numbered = len(group) == SIZE + 1 and group.startswith(number)
        kept.append(group[1:] if is_numbered else group)
    return kept


def _groups(text: str) -> list[str]:
    found = groups(text)
    if len(found) != GROUPS:
        joined = "".join(found)
        found = [joined[start : start + SIZE] for start in range(0, len(joined), SIZE)]
    if len(found) > GROUPS:
        raise WrongRecovery(GROUPS)
    return found + [""] * (GROUPS - len(found))


def _check(number: int, values: list[int]) -> int:
    total = number
    for value in values:
        total = _doubled(total ^ value)
    return total


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 32 else value
