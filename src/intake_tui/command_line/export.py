"""A contact as the text that is written out, once somebody has said that it may be."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from intake_tui.command_line.faults import BROKEN_OFF, DATA, USE, Fault
from intake_tui.intake.without_plan import tells_of_plan, without_plan
from intake_tui.widgets.printed import document
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.guide.model import Guide
    from intake_tui.records.archive import Archive


def can_ask() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def confirmed(words: Words) -> None:
    """Asks on standard error, in plain words. Raises Fault where the answer is not yes.

    It is a whole word: a key that was hit by chance writes nothing.
    """
    click.echo(words("printed.ask") + " ", nl=False, err=True)
    if sys.stdin.readline().strip().casefold() != words("answers.yes"):
        raise Fault(BROKEN_OFF, "printed.left")


def exported(
    archive: Archive, id_: str, guide: Guide, words: Words, *, form: str, with_plan: bool
) -> str:
    """The text; the log says that it was written out before it is. Only of a signed contact."""
    record = archive.show(id_, guide)
    if not record["signed"]:
        raise Fault(USE, "printed.not-signed")
    guide = archive.guide(record["guide"]) or guide
    if form == "json":
        text = _json(record, guide, with_plan=with_plan)
    else:
        centre, now = archive.settings.centre, dt.datetime.now(dt.UTC)
        text = document(record, guide, words, centre=centre, now=now, with_plan=with_plan)
    archive.exported(id_)
    return text


def _json(record: dict[str, Any], guide: Guide, *, with_plan: bool) -> str:
    left_out = not with_plan and tells_of_plan(record, guide)
    shown = without_plan(record, guide) if left_out else record
    return json.dumps({**shown, "plan_left_out": left_out}, ensure_ascii=False, indent=2) + "\n"


def print_out(text: str) -> None:
    """To standard output, to the last line. Raises Fault where that was not possible."""
    try:
        click.echo(text, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:
        # Python must not try to write the rest at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Fault(DATA, "printed.cut-short") from None
