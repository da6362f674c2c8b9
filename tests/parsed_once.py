"""Style sheets that are parsed once in a run, though each test starts an app of its own."""

from __future__ import annotations

from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_parsed: dict[Any, list[RuleSet]] = {}
_parse = Stylesheet._parse_rules


def _parsed_once(sheet: Stylesheet, css: str, *args: Any, **named: Any) -> list[RuleSet]:
    """What the same text with the same variables gave: no app changes its rules."""
    asked = (css, *args, *named.items(), frozenset(sheet._variables.items()))
    if asked not in _parsed:
        _parsed[asked] = _parse(sheet, css, *args, **named)
    return _parsed[asked]


def install() -> None:
    """From now on, each app in this process shares what was parsed."""
    Stylesheet._parse_rules = _parsed_once  # type: ignore[method-assign]
