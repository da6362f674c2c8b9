"""The commands for backups: making one, reading one back, restoring one."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from intake_tui.command_line.chosen import Chosen
from intake_tui.command_line.faults import DATA, USE, Fault
from intake_tui.command_line.opened import archive_of, signed_in
from intake_tui.command_line.sign_in import asked, from_stdin
from intake_tui.vault.errors import VaultExists
from intake_tui.widgets.backup_words import moment, told
from intake_tui.widgets.damage_words import place
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.vault.backup import Step
    from intake_tui.vault.copies import Copy

by_sheet = click.option(
    "--sheet", is_flag=True, help="Sign in with the recovery sheet's code (stdin: one line)."
)
a_file = click.argument("file", type=click.Path(path_type=Path), metavar="FILE")


class _Stepped(Protocol):
    def step(self) -> Step | None: ...

    def stop(self) -> None: ...


@click.command()
@a_file
@click.option("--check", is_flag=True, help="Only read back every row of a backup that is there.")
@click.option("--over", is_flag=True, help="In the place of a file that is there.")
@by_sheet
@signed_in
@click.pass_obj
def backup(  # noqa: PLR0917 - an argument for each of its options
    chosen: Chosen, file: Path, check: bool, over: bool, sheet: bool, sign_in_stdin: bool
) -> None:
    """Make a backup of the vault: one closed file, every row of it read back.

    FILE may be a folder: then the name says the day and nothing else. Older backups in that
    folder that the vault made and that are not needed any more are removed: the last seven stay,
    then one a week for eight weeks, then one a month for twelve months.

    With --check, sign in as when FILE was made. The vault need not be there.
    """
    if check:
        _check(chosen, file, sheet=sheet, sign_in_stdin=sign_in_stdin)
        return
    if sheet:
        raise click.UsageError("a sheet for another command")
    words = chosen.words
    with archive_of(chosen, sign_in_stdin) as archive:
        from intake_tui.records.backups import name_in  # noqa: PLC0415 - after the sign-in

        target = (
            name_in(file, dt.datetime.now(dt.UTC).astimezone().date()) if file.is_dir() else file
        )
        under_way = archive.backups.begin(target, over=over)
        _drain(under_way, words)
        made = under_way.made
        if made is None:
            raise Fault(DATA, "backup.not-written")
        here = archive.backups.note(made, target).here
        removed = archive.backups.prune(target.expanduser().absolute().parent)
    if not made.sound:
        raise Fault(DATA, "backup.made-unsound", name=target.name)
    click.echo(words("backup.made", n=made.rows, name=target.name))
    if here:
        click.echo(words("backup.here"))
    if removed:
        names = ", ".join(one.path.name for one in removed)
        click.echo(words("backup.pruned", n=len(removed), names=names))


def _check(chosen: Chosen, file: Path, *, sheet: bool, sign_in_stdin: bool) -> None:
    with closing(_signed_in(chosen, file, sheet=sheet, sign_in_stdin=sign_in_stdin)) as copy:
        shown = _Progress(chosen.words)
        for done, total in copy.steps():
            shown.at("check", done, total)
        shown.end()
        report, at = copy.report, copy.made_at()
    for finding in report.findings:
        click.echo(place(finding))
    if report.findings:
        raise Fault(DATA, "backup.not-sound")
    click.echo(chosen.words("backup.sound", at=moment(at), n=report.rows))


@click.command()
@a_file
@by_sheet
@signed_in
@click.pass_obj
def restore(chosen: Chosen, file: Path, sheet: bool, sign_in_stdin: bool) -> None:
    """Make a vault of the backup FILE, in a new place: where --vault says, else in the usual one.

    Sign in as when it was made. Nothing is put in place before every row was read back, and
    never over a vault that is there. Cases that were deleted since are deleted again, where a
    list of them lies in this computer or beside FILE.
    """
    from intake_tui.vault.founding import refuse  # noqa: PLC0415 - not at the start

    try:
        refuse(chosen.location)
    except VaultExists:
        raise Fault(USE, "backup.vault-exists") from None
    with closing(_signed_in(chosen, file, sheet=sheet, sign_in_stdin=sign_in_stdin)) as copy:
        from intake_tui.records.restoring import restoring  # noqa: PLC0415 - after the sign-in

        under_way = restoring(copy, chosen.location)
        _drain(under_way, chosen.words)
        done = under_way.restored
    if done is None:
        raise Fault(DATA, "backup.not-written")
    for line in told(done, chosen.words):
        click.echo(line)


def _signed_in(chosen: Chosen, file: Path, *, sheet: bool, sign_in_stdin: bool) -> Copy:
    """The copy, looked at before anybody signs in in vain."""
    from intake_tui.vault.copies import Copy  # noqa: PLC0415 - not at the start

    copy = Copy(file)
    try:
        if sheet:
            code = _sheet_from_stdin() if sign_in_stdin else _asked_for_sheet(chosen.words)
            copy.sign_in(lambda doors: doors.with_recovery(code))
        else:
            who = from_stdin() if sign_in_stdin else asked(chosen.words)
            copy.sign_in(lambda doors: doors.with_passphrase(who.name, who.passphrase))
    except BaseException:
        copy.close()
        raise
    return copy


def _sheet_from_stdin() -> str:
    code = sys.stdin.buffer.readline().decode("utf-8", "replace").strip()
    if not code:
        raise Fault(USE, "backup.one-line")
    return code


def _asked_for_sheet(words: Words) -> str:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Fault(USE, "cli.no-prompt")
    return str(click.prompt(words("backup.ask-sheet"), hide_input=True, err=True))


def _drain(under_way: _Stepped, words: Words) -> None:
    shown = _Progress(words)
    try:
        while (step := under_way.step()) is not None:
            shown.at(step.phase, step.done, step.total)
            if step.aside is not None:
                step.aside()
    finally:
        shown.end()
        under_way.stop()


class _Progress:
    """How far it is, in one line on standard error, where somebody sits there."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._said = ""
        self._write: Callable[[str], object] = sys.stderr.write if sys.stderr.isatty() else len

    def at(self, phase: str, done: int, total: int) -> None:
        """Say it, where it is something else than before."""
        percent = f"{100 * done // total} %" if total else ""
        said = f"{self._words(f'backup.phase-{phase}')} {percent}".strip()
        if said != self._said:
            self._write(f"\r{said.ljust(len(self._said))}")
            self._said = said

    def end(self) -> None:
        """The line is free again."""
        self._write(f"\r{' ' * len(self._said)}\r")
        self._said = ""
