"""The commands for deleting cases: one for good, handed out first or not, and what is due."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from intake_tui.command_line.chosen import Chosen
from intake_tui.command_line.faults import BROKEN_OFF, DATA, USE, Fault
from intake_tui.command_line.opened import archive_of, as_json, must_be_there, print_json, signed_in
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.desk.exporting import Written
    from intake_tui.guide.model import Guide
    from intake_tui.records.archive import Archive
    from intake_tui.records.erasing import CaseHeld
    from intake_tui.records.retention import Due


@click.command("erase")
@click.argument("id_", metavar="ID")
@click.option("--person", is_flag=True, help="All cases of the same person.")
@click.option(
    "--into", type=click.Path(path_type=Path), metavar="FILE", help="Hand it out first: a new file."
)
@click.option("--without-plan", is_flag=True, help="Leave the safety plan out of that file.")
@click.option("--yes", "sure", is_flag=True, help="Do not ask: it is meant to go for good.")
@signed_in
@click.pass_obj
def erase_contact(  # noqa: PLR0917 - an argument for each of its options
    chosen: Chosen,
    id_: str,
    person: bool,
    into: Path | None,
    without_plan: bool,
    sure: bool,
    sign_in_stdin: bool,
) -> None:
    """Delete the case of a contact for good: all its contacts, corrections and drafts.

    It cannot be undone, and only a leader can. Where cases of the same person are joined, say
    which is meant: with --person all of them go, else the one alone. With --into all that was
    signed is first written to FILE (a PDF where it ends in .pdf), which is not sealed, and read
    back; where that fails, nothing is deleted. The safety plan stands in it, but for
    --without-plan. In copies made before, the case can still be read.
    """
    from intake_tui.desk import exporting  # noqa: PLC0415 - when it is needed

    if into is not None:
        exporting.refuse(into)
    must_be_there(chosen.location)
    if not sure and (sign_in_stdin or not (sys.stdin.isatty() and sys.stderr.isatty())):
        raise Fault(USE, "erase.needs-yes")
    words = chosen.words
    with archive_of(chosen, sign_in_stdin) as archive:
        if not archive.staff.may_lead:
            raise Fault(USE, "signed.only-leaders")
        cases = archive.erasing.person(_case(archive, id_))
        cases = cases if person else cases[:1]
        plan = not without_plan  # what is left out of it is gone for good
        written = None if into is None else _hand_out(archive, cases, into, words, plan=plan)
        if not sure:
            _confirm(cases, words)
        if written is not None and not written.is_there:
            raise Fault(DATA, "errors.handed-out-gone")
        archive.erasing.erase([held.case for held in cases], because=words("erase.because"))
    today = f"{dt.datetime.now(dt.UTC).astimezone():%d.%m.%Y}"
    codes = ", ".join(held.code for held in cases)
    click.echo(words("erase.told", codes=codes, date=today))


@click.command("due")
@as_json
@signed_in
@click.pass_obj
def due_contacts(chosen: Chosen, json_wanted: bool, sign_in_stdin: bool) -> None:
    """The cases that have reached the time for which the centre keeps them, longest past first."""
    with archive_of(chosen, sign_in_stdin) as archive:
        while archive.persons.read_on():
            pass
        found = archive.keeping.due(dt.datetime.now(dt.UTC).astimezone().date())
    if json_wanted:
        print_json({"format": 1, "due": [_json(one) for one in found]})
    elif found:
        click.echo("\n".join(_line(one, chosen.words) for one in found))
    else:
        click.echo(chosen.words("due.none"))


def _case(archive: Archive, wanted: str) -> str:
    """The one case (hex) that is meant by an id or code. Raises NoSuchRecord."""
    from intake_tui.records.errors import NoSuchRecord  # noqa: PLC0415 - after the sign-in

    sought = wanted.strip().casefold()
    found = {
        row.case
        for row in archive.all_contacts()
        if sought and (row.id.startswith(sought) or row.code.casefold() == sought)
    }
    if len(found) != 1:
        raise NoSuchRecord(len(found))
    return found.pop()


def _hand_out(
    archive: Archive, cases: tuple[CaseHeld, ...], into: Path, words: Words, *, plan: bool
) -> Written:
    """All that was signed, in one file that was read back."""
    from intake_tui.command_line.export import exported, form_of  # noqa: PLC0415 - when it is needed
    from intake_tui.desk import exporting  # noqa: PLC0415

    if any(held.damaged for held in cases):
        raise Fault(DATA, "erase.not-whole")
    guide = _guide()
    rows = sorted((row for held in cases for row in held.signed), key=lambda row: row.started)
    if not rows:
        raise Fault(USE, "printed.not-signed")
    ids, form = [row.id for row in rows], form_of(None, into)
    data = exported(archive, ids, guide, words, form=form, with_plan=plan)
    return exporting.write(into, data)


def _confirm(cases: tuple[CaseHeld, ...], words: Words) -> None:
    """The code has to be typed: a key that was hit by chance deletes nothing."""
    codes = ", ".join(held.code for held in cases)
    click.echo(words("erase.goes", codes=codes), err=True)
    click.echo(words("erase.what"), err=True)
    click.echo(words("erase.ask", code=cases[0].code) + " ", nl=False, err=True)
    if sys.stdin.readline().strip().casefold() != cases[0].code.casefold():
        raise Fault(BROKEN_OFF, "erase.left")


def _json(one: Due) -> dict[str, Any]:
    return {
        "case": one.case,
        "code": one.code,
        "alias": one.alias,
        "last": one.last.isoformat(),
        "outcome": one.outcome,
        "due": one.due.isoformat(),
        "held": one.held,
    }


def _line(one: Due, words: Words) -> str:
    last = words("due.last", date=f"{one.last:%d.%m.%Y}")
    why = words(f"due.held-{one.held}") if one.held else ""
    return "  ".join(filter(None, (f"{one.due:%d.%m.%Y}", one.code, last, why)))


def _guide() -> Guide:
    from intake_tui.guide.load import load  # noqa: PLC0415 - when it is needed

    return load()
