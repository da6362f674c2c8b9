"""The recovery sheet as people copy it: which groups of it they got wrong."""

from __future__ import annotations

from intake_tui.vault.recovery import groups


def wrong_groups(printed: str, typed: str) -> list[int]:
    """The numbers (from 1) of the groups that were not copied as printed.

    Where the groups were run together, they are cut as the printed ones are.
    """
    wanted = groups(printed)
    copied = groups(typed)
    if len(copied) != len(wanted):
        copied = _cut("".join(copied), [len(group) for group in wanted])
    pairs = zip(wanted, copied, strict=True)
    return [number for number, (one, other) in enumerate(pairs, 1) if one != other]


def _cut(text: str, lengths: list[int]) -> list[str]:
    parts, start = [], 0
    for length in lengths[:-1]:
        parts.append(text[start : start + length])
        start += length
    return [*parts, text[start:]]
