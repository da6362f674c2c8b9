"""A contact as the text that is written out, once somebody has said that it may be."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import TYPE_CHECKING

import click

from intake_tui.command_line.faults import USE, Fault
from intake_tui.intake.without_plan import without_plan
from intake_tui.widgets.printed import document
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.guide.model import Guide
    from intake_tui.records.archive import Archive

YES = ("j", "ja", "y", "yes")


def can_ask() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def confirmed(words: Words) -> None:
    """Asks on standard error, in plain words. Raises Fault where the answer is not yes."""
    click.echo(words("printed.ask") + " ", nl=False, err=True)
    if sys.stdin.readline().strip().casefold() not in YES:
        raise Fault(USE, "printed.left")


def exported(
    archive: Archive, id_: str, guide: Guide, words: Words, *, form: str, with_plan: bool
) -> str:
    """The text; the log says that it was written out before it is. Only of a signed contact."""
    record = archive.show(id_, guide)
    if not record["signed"]:
        raise Fault(USE, "printed.not-signed")
    guide = archive.guide(record["guide"]) or guide
    shown = record if with_plan else without_plan(record, guide)
    archive.exported(id_)
    if form == "json":
        return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"
    now = dt.datetime.now(dt.UTC)
    return document(shown, guide, words, centre=archive.settings.centre, now=now)
