"""The command line. Each command imports what it needs itself, so that the program starts fast."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from intake_tui.command_line.backup import backup, restore
from intake_tui.command_line.chosen import Chosen
from intake_tui.command_line.erase import due_contacts, erase_contact
from intake_tui.command_line.faults import DATA, USE, Fault, told
from intake_tui.command_line.opened import archive_of, as_json, must_be_there, print_json, signed_in
from intake_tui.command_line.staff import staff
from intake_tui.command_line.start import has_terminal, show
from intake_tui.words import WORDS_LANGUAGES

if TYPE_CHECKING:
    from textual.screen import Screen

    from intake_tui.demo.show import Shown
    from intake_tui.guide.model import Guide

NAME = "intake-tui"
A_YEAR = 365 * 24 * 3600.0  # seconds
CONTEXT = {"help_option_names": ["-h", "--help"]}


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; its exit status. Never raises, never prints a traceback."""
    context = None
    try:
        context = program.make_context(NAME, list(sys.argv[1:] if arguments is None else arguments))
        with context:
            status = program.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as left:
        return left.exit_code
    except BrokenPipeError:
        # Whoever reads has had enough; Python must not try to write the rest at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except BaseException as error:  # told without what it holds
        status = told(error, _chosen(context).words)
    return status if isinstance(status, int) else 0


def _chosen(context: click.Context | None) -> Chosen:
    given = context.params if context else {}
    return Chosen(given.get("vault"), given.get("lang"))


@click.group(invoke_without_command=True, context_settings=CONTEXT)
@click.option("--vault", metavar="FILE|URL", help="The vault; else the one in your data folder.")
@click.option("--lang", type=click.Choice(WORDS_LANGUAGES), help="The language of the program.")
@click.version_option(package_name=NAME, prog_name=NAME, message="%(prog)s %(version)s")
@click.pass_context
def program(context: click.Context, vault: str | None, lang: str | None) -> int | None:
    """Stands beside the first conversation at a crisis centre.

    Without a command it starts the program, and sets the vault up the first time.

    Exit status: 0 done, 1 something is wrong with the data, 2 wrong use, 3 sign-in refused,
    4 the vault is open elsewhere.
    """
    context.obj = _chosen(context)
    if context.invoked_subcommand is not None:
        return None
    _must_have_terminal()
    return show(context.obj)


@program.command()
@click.option("--into", type=click.Path(path_type=Path), metavar="FILE", help="Keep it there.")
@click.option("--contacts", type=click.IntRange(0, 200_000), default=60, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same contacts.")
@click.option("--no-ui", is_flag=True, help="Only make the vault.")
@click.pass_obj
def demo(chosen: Chosen, into: Path | None, contacts: int, seed: int, no_ui: bool) -> int | None:
    """Make a vault of invented contacts, and run the program on it.

    Prints its name and passphrase. Without --into it lies in a temporary folder that is
    removed at the end.
    """
    if chosen.vault is not None:
        raise Fault(USE, "cli.demo-has-its-own")
    if into is not None and into.exists():
        raise Fault(USE, "cli.file-exists")
    if not no_ui:
        _must_have_terminal()
    from intake_tui.demo.show import Shown, kept_in

    with kept_in(into) as (location, device):
        shown = Shown.made(location, device, contacts=contacts, seed=seed, language=chosen.language)
        click.echo(f"name: {shown.name}\npassphrase: {shown.passphrase}")
        sys.stdout.flush()
        return None if no_ui else _show(shown, chosen.language)


def _show(shown: Shown, language: str | None) -> int | None:
    from intake_tui.app import IntakeApp
    from intake_tui.screens.unlock import UnlockScreen

    class DemoApp(IntakeApp):
        """Says on each screen for signing in how to get in: nobody can look it up elsewhere."""

        CSS = "Toast { width: 76; max-width: 100%; }"  # the passphrase stays in one line

        def on_ready(self) -> None:
            """The first one stands."""
            self._say_how()

        def show(self, screen: Screen[Any]) -> None:
            """It stands as long as that screen does, and is gone from the next one."""
            super().show(screen)
            screen.call_after_refresh(self._say_how)  # when it has a place for it

        def _say_how(self) -> None:
            self.clear_notifications()
            if any(isinstance(screen, UnlockScreen) for screen in self.screen_stack):
                name, phrase = self.words("cli.ask-name"), self.words("cli.ask-passphrase")
                told = f"{name}: {shown.name}\n{phrase}: {shown.passphrase}"
                self.notify(told, markup=False, timeout=A_YEAR)

    app = DemoApp(shown.location, language=language, device=shown.device)
    app.run()
    return app.return_code


@program.group()
def contacts() -> None:
    """Read the contacts, and delete them."""


@contacts.command("list")
@as_json
@signed_in
@click.pass_obj
def list_contacts(chosen: Chosen, json_wanted: bool, sign_in_stdin: bool) -> None:
    """All contacts: the open ones first, then the signed ones, newest first."""
    with archive_of(chosen, sign_in_stdin) as archive:
        rows, known_as = list(archive.all_contacts()), archive.persons.known_as()
    from intake_tui.command_line.plain import contact_lines, row_json

    if json_wanted:
        print_json({"format": 1, "contacts": [row_json(row, known_as) for row in rows]})
    elif rows:
        click.echo("\n".join(contact_lines(rows, known_as, _guide(), chosen.words)))
    else:
        click.echo(chosen.words("cli.empty"))


@contacts.command("show")
@click.argument("id_", metavar="ID")
@as_json
@signed_in
@click.pass_obj
def show_contact(chosen: Chosen, id_: str, json_wanted: bool, sign_in_stdin: bool) -> None:
    """One contact, by its id, a unique beginning of it, or its code (K-4F2A).

    Reading it is written to the log.
    """
    guide = _guide()
    with archive_of(chosen, sign_in_stdin) as archive:
        shown = archive.show(archive.resolve(id_), guide)
    from intake_tui.command_line.plain import record_lines

    if json_wanted:
        print_json(shown)
    else:
        click.echo("\n".join(record_lines(shown, guide, chosen.words)))


@contacts.command("export")
@click.argument("id_", metavar="ID")
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "pdf", "json"]),
    help="Text (Markdown) or PDF, to print; or JSON.",
)
@as_json
@click.option("--into", type=click.Path(path_type=Path), metavar="FILE", help="A new file.")
@click.option("--with-plan", is_flag=True, help="The safety plan too.")
@click.option("--yes", is_flag=True, help="Do not ask: it is meant to be written unsealed.")
@signed_in
@click.pass_obj
def export_contact(  # noqa: PLR0917 - an argument for each of its options
    chosen: Chosen,
    id_: str,
    form: str | None,
    json_wanted: bool,
    into: Path | None,
    with_plan: bool,
    yes: bool,
    sign_in_stdin: bool,
) -> None:
    """Write a signed contact out, with its corrections, to be printed.

    What is written is no longer sealed. It is asked first, and the log keeps that it was done.
    Without --into it goes to standard output; a FILE that ends in .pdf becomes a PDF. The safety
    plan is left out unless it is asked for.
    """
    from intake_tui.command_line.export import can_ask, confirmed, exported, form_of, print_out
    from intake_tui.desk import exporting

    if json_wanted and form not in (None, "json"):
        raise click.UsageError("two formats")
    wanted = form_of("json" if json_wanted else form, into)
    if into is not None:
        exporting.refuse(into)
    must_be_there(chosen.location)
    if not yes and (sign_in_stdin or not can_ask()):
        raise Fault(USE, "printed.needs-yes")
    guide = _guide()
    with archive_of(chosen, sign_in_stdin) as archive:
        found = archive.resolve(id_)
        if not yes:
            confirmed(chosen.words)
        data = exported(archive, [found], guide, chosen.words, form=wanted, with_plan=with_plan)
    if into is None:
        print_out(data if wanted == "pdf" else data.decode())
    else:
        exporting.write(into, data)


@program.command()
@signed_in
@click.pass_obj
def verify(chosen: Chosen, sign_in_stdin: bool) -> None:
    """Read every row, the roster, the log and the witness back."""
    with archive_of(chosen, sign_in_stdin) as archive:
        checked = archive.verify()
    from intake_tui.command_line.plain import printable
    from intake_tui.records.damage import OF_THE_PLACE
    from intake_tui.widgets.damage_words import line

    for damage in checked.all:
        click.echo(printable(line(damage, chosen.words)))
    if any(damage.code not in OF_THE_PLACE for damage in checked.all):
        raise Fault(DATA, "cli.not-sound")
    click.echo(chosen.words("cli.sound", n=checked.rows))


contacts.add_command(erase_contact)
contacts.add_command(due_contacts)
program.add_command(staff)
program.add_command(backup)
program.add_command(restore)


@program.group()
def guide() -> None:
    """Look at the guide: what may be asked and told."""


@guide.command("check")
@click.argument("folder", type=click.Path(path_type=Path), metavar="[DIR]", required=False)
@click.pass_obj
def check_guide(chosen: Chosen, folder: Path | None) -> None:
    """Say what is wrong with the guide in DIR, else with the program's own.

    Texts past the day on which they are to be checked again are named too. They are no mistakes.
    """
    from intake_tui.command_line import guide_text
    from intake_tui.guide.check import check
    from intake_tui.guide.load import load, questions_folder

    if folder is not None and not folder.is_dir():
        raise Fault(USE, "cli.no-guide-folder")
    folder = folder or questions_folder()
    findings = check(folder)
    for finding in findings:
        click.echo(str(finding))
    if findings:
        raise Fault(DATA, "cli.guide-findings", n=len(findings))
    guide = load(folder)
    click.echo(chosen.words("cli.guide-sound", n=len(guide.by_id)))
    for line in guide_text.due_lines(guide, chosen.words, guide_text.today()):
        click.echo(line)


@guide.command("show")
@click.pass_obj
def show_guide(chosen: Chosen) -> None:
    """Print the guide, step by step, in the words in which it is asked and told."""
    from intake_tui.command_line import guide_text

    guide = _guide()
    click.echo("\n".join(guide_text.guide_lines(guide, chosen.words.language)))
    for line in guide_text.due_lines(guide, chosen.words, guide_text.today()):
        click.echo(line)


def _must_have_terminal() -> None:
    """All three streams: the screen must not go into a file."""
    if not has_terminal():
        raise Fault(USE, "cli.no-terminal")


def _guide() -> Guide:
    from intake_tui.guide.load import load

    return load()
