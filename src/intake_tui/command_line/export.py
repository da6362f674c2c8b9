"""A contact as the text that is written out, once somebody has said that it may be."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import click

from intake_tui.command_line.faults import BROKEN_OFF, DATA, USE, Fault
from intake_tui.intake.without_plan import tells_of_plan, without_plan
from intake_tui.widgets.printed import document
from intake_tui.widgets.printed_file import printed_file
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.guide.model import Guide
    from intake_tui.records.archive import Archive

Form: TypeAlias = Literal["md", "pdf", "json"]


def form_of(given: str | None, into: Path | None) -> Form:
    """What was asked for, or else what the name of the file ends in: Markdown where it does not.

    Raises Fault where a PDF would go to a terminal.
    """
    by_name = "pdf" if into is not None and into.suffix.casefold() == ".pdf" else "md"
    form: Form = given or by_name  # type: ignore[assignment]
    if form == "pdf" and into is None and sys.stdout.isatty():
        raise Fault(USE, "printed.needs-into")
    return form


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
    archive: Archive,
    ids: Sequence[str],
    guide: Guide,
    words: Words,
    *,
    form: Form,
    with_plan: bool,
) -> bytes:
    """The file; the log says that it was written out before it is. Only of signed contacts."""
    found = [_signed(archive, id_, guide) for id_ in ids]
    if form == "json":
        data = b"".join(_json(record, of, with_plan=with_plan) for record, of in found)
    else:
        centre, now = archive.settings.centre, dt.datetime.now(dt.UTC)
        documents = [
            document(*one, words, centre=centre, now=now, with_plan=with_plan) for one in found
        ]
        data = printed_file(documents, form, words)
    for id_ in ids:
        archive.exported(id_)
    return data


def _signed(archive: Archive, id_: str, guide: Guide) -> tuple[dict[str, Any], Guide]:
    record = archive.show(id_, guide)
    if not record["signed"]:
        raise Fault(USE, "printed.not-signed")
    return record, archive.guide(record["guide"]) or guide


def _json(record: dict[str, Any], guide: Guide, *, with_plan: bool) -> bytes:
    left_out = not with_plan and tells_of_plan(record, guide)
    shown = without_plan(record, guide) if left_out else record
    text = json.dumps({**shown, "plan_left_out": left_out}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode("utf-8", "replace")


def print_out(data: str | bytes) -> None:
    """To standard output, to the last line. Raises Fault where that was not possible."""
    try:
        click.echo(data, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:
        # Python must not try to write the rest at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Fault(DATA, "printed.cut-short") from None
