"""The commands for who may open the archive.

No name is an argument, where the shell and the list of processes would keep it: colleagues are
meant by their id, and the name of a new one is asked for or read from standard input.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import click

from intake_tui.command_line.chosen import Chosen
from intake_tui.command_line.faults import BROKEN_OFF, USE, Fault
from intake_tui.command_line.opened import as_json, must_be_there, opened, print_json, signed_in
from intake_tui.command_line.sign_in import asked, lines_from_stdin, signed_in_by
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.records.archive import Archive
    from intake_tui.records.staff import Colleague

ID = 10  # characters of an id that tell colleagues apart

own = click.option(
    "--own", is_flag=True, help="A passphrase of your own choosing instead of a generated one."
)
yes = click.option("--yes", "sure", is_flag=True, help="Do not ask: it is meant.")
a_colleague = click.argument("id_", metavar="ID")


@click.group()
def staff() -> None:
    """Say who may open the vault, and with which role.

    Leaders change it. ID is that of `staff list`, or a beginning that no other colleague has.
    With --sign-in-stdin the lines are: name, passphrase, then what the command asks for besides
    (`add`: the colleague's name; with --own: the new passphrase).
    """


@staff.command("list")
@as_json
@signed_in
@click.pass_obj
def list_colleagues(chosen: Chosen, json_wanted: bool, sign_in_stdin: bool) -> None:
    """Who may open the vault, and who may change that."""
    with _asking(chosen, sign_in_stdin) as (archive, _):
        colleagues = archive.staff.colleagues()
    if json_wanted:
        print_json({"format": 1, "staff": [_json(one) for one in colleagues]})
    else:
        click.echo("\n".join(_lines(colleagues, chosen.words)))


@staff.command()
@click.option("--leader", is_flag=True, help="As a leader; else as a counsellor.")
@own
@signed_in
@click.pass_obj
def add(chosen: Chosen, leader: bool, own: bool, sign_in_stdin: bool) -> None:
    """Let a further colleague in; prints the generated passphrase, this one time."""
    with _asking(chosen, sign_in_stdin, further=1 + own) as (archive, typed):
        name = typed("colleague")
        phrase = _phrase(archive, typed, own=own, name=name)
        archive.staff.add(name, phrase, "leader" if leader else "counsellor")
    _hand_over(phrase, "passphrase", chosen.words, own=own)


@staff.command()
@click.argument("id_", metavar="[ID]", required=False)
@own
@yes
@signed_in
@click.pass_obj
def passphrase(chosen: Chosen, id_: str | None, own: bool, sure: bool, sign_in_stdin: bool) -> None:
    """Set another passphrase; prints the generated one, this one time.

    Without ID it is yours. With ID, a leader's: for a colleague who has forgotten the old one,
    which ceases to open. What leaked with a passphrase stays readable in old copies: see `rotate`.
    """
    _must_be_sure(chosen, sure or id_ is None, sign_in_stdin)
    with _asking(chosen, sign_in_stdin, further=int(own)) as (archive, typed):
        meant = _the_one(archive, id_) if id_ else None
        phrase = _phrase(archive, typed, own=own, name=meant.name if meant else archive.me.name)
        if meant is None:
            archive.staff.change_passphrase(typed.signed_in_with, phrase)
        else:
            _confirm(chosen.words, "renew", sure, name=meant.name)
            archive.staff.renew(meant.slot, phrase)
    _hand_over(phrase, "passphrase", chosen.words, own=own)


@staff.command()
@a_colleague
@click.argument("as_what", metavar="leader|counsellor", type=click.Choice(["leader", "counsellor"]))
@signed_in
@click.pass_obj
def role(
    chosen: Chosen, id_: str, as_what: Literal["leader", "counsellor"], sign_in_stdin: bool
) -> None:
    """Make a leader of a counsellor, or the other way round."""
    with _asking(chosen, sign_in_stdin) as (archive, _):
        archive.staff.change_role(_the_one(archive, id_).slot, as_what)


@staff.command()
@a_colleague
@click.option("--new-sheet", is_flag=True, help="Another recovery sheet too; it is printed.")
@yes
@signed_in
@click.pass_obj
def revoke(chosen: Chosen, id_: str, new_sheet: bool, sure: bool, sign_in_stdin: bool) -> None:
    """Take a colleague out, who need not be there, and change the vault key.

    What is written from then on cannot be read with any older key. Whoever may have seen the
    recovery sheet could still get in with it: then --new-sheet.
    """
    _must_be_sure(chosen, sure, sign_in_stdin)
    with _asking(chosen, sign_in_stdin) as (archive, _):
        meant = _the_one(archive, id_)
        _confirm(chosen.words, "revoke", sure, name=meant.name)
        sheet = archive.staff.revoke(meant.slot, new_sheet=new_sheet)
    if sheet is not None:
        _hand_over(sheet, "sheet", chosen.words)


@staff.command()
@yes
@signed_in
@click.pass_obj
def sheet(chosen: Chosen, sure: bool, sign_in_stdin: bool) -> None:
    """Print another recovery sheet. The old one ceases to open, and the vault key is changed."""
    _must_be_sure(chosen, sure, sign_in_stdin)
    with _asking(chosen, sign_in_stdin) as (archive, _):
        _confirm(chosen.words, "sheet", sure)
        text = archive.staff.new_sheet()
    _hand_over(text, "sheet", chosen.words)


@staff.command()
@signed_in
@click.pass_obj
def rotate(chosen: Chosen, sign_in_stdin: bool) -> None:
    """Change the vault key: after a leak, or after something was deleted."""
    with _asking(chosen, sign_in_stdin) as (archive, _):
        archive.staff.rotate()


# -- asking --------------------------------------------------------------------------------


class Typed:
    """What a command asks for besides the sign-in: on the terminal, or the next line of stdin."""

    def __init__(self, words: Words, signed_in_with: str, lines: list[str] | None) -> None:
        self.signed_in_with = signed_in_with
        self._words = words
        self._lines = lines

    def __repr__(self) -> str:
        return "<Typed>"

    def __call__(self, what: Literal["colleague", "new-passphrase"]) -> str:
        """One answer; a passphrase without echo, and twice."""
        if self._lines is not None:
            return self._lines.pop(0).strip()
        if what == "colleague":
            return self._prompt(what).strip()
        answer = self._prompt(what, hide_input=True)
        if self._prompt("again", hide_input=True) != answer:
            raise Fault(USE, "staff_command.not-alike")
        return answer.strip()

    def _prompt(self, what: str, *, hide_input: bool = False) -> str:
        text = self._words(f"staff_command.ask-{what}")
        answer: str = click.prompt(text, hide_input=hide_input, err=True)
        return answer


@contextmanager
def _asking(
    chosen: Chosen, sign_in_stdin: bool, *, further: int = 0
) -> Iterator[tuple[Archive, Typed]]:
    """The archive, open until the end of the block, and what asks for the rest."""
    must_be_there(chosen.location)
    lines = lines_from_stdin(2 + further) if sign_in_stdin else None
    who = signed_in_by(lines) if lines is not None else asked(chosen.words)
    with opened(chosen, who) as archive:
        yield archive, Typed(chosen.words, who.passphrase, None if lines is None else lines[2:])


def _must_be_sure(chosen: Chosen, sure: bool, sign_in_stdin: bool) -> None:
    """Said before the sign-in, which nobody should type in vain."""
    must_be_there(chosen.location)
    if not sure and (sign_in_stdin or not (sys.stdin.isatty() and sys.stderr.isatty())):
        raise Fault(USE, "staff_command.needs-yes")


def _confirm(words: Words, what: str, sure: bool, **slots: str) -> None:
    """A whole word: a key that was hit by chance does nothing."""
    if sure:
        return
    click.echo(words(f"staff_command.ask-{what}", **slots) + " ", nl=False, err=True)
    if sys.stdin.readline().strip().casefold() != words("answers.yes"):
        raise Fault(BROKEN_OFF, "staff_command.left")


def _the_one(archive: Archive, wanted: str) -> Colleague:
    """The colleague whose id begins so."""
    from intake_tui.vault.errors import NoSuchColleague

    sought = wanted.strip().casefold()
    found = [one for one in archive.staff.colleagues() if sought and one.slot.startswith(sought)]
    if len(found) != 1:
        raise NoSuchColleague
    return found[0]


def _phrase(archive: Archive, typed: Callable[..., str], *, own: bool, name: str) -> str:
    from intake_tui.vault import passphrases

    if own:
        return typed("new-passphrase")
    return passphrases.generated(names=(name, archive.settings.centre))


# -- saying --------------------------------------------------------------------------------


def _hand_over(text: str, what: str, words: Words, *, own: bool = False) -> None:
    """The one secret that is printed, since it was asked for; a person is told what it is."""
    from intake_tui.command_line.export import print_out

    if own:
        return
    if sys.stderr.isatty():
        click.echo(words(f"staff_command.{what}-once"), err=True)
    print_out(text + "\n")


def _json(one: Colleague) -> dict[str, object]:
    return {"id": one.slot, "name": one.name, "role": one.role, "me": one.me}


def _lines(colleagues: tuple[Colleague, ...], words: Words) -> list[str]:
    from intake_tui.command_line.plain import aligned

    return aligned(
        [
            [
                one.slot[:ID],
                words(f"archive.role-{one.role}"),
                one.name or words("staff_command.no-name"),
                words("staff_command.you") if one.me else "",
            ]
            for one in colleagues
        ]
    )
