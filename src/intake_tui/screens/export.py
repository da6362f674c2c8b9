"""Signed records written to a file that is not sealed: said in plain words, and asked, first."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from intake_tui.desk.apart import apart
from intake_tui.desk.exporting import ExportRefused, Written, file_name, refuse, write
from intake_tui.screens.amend import AmendField
from intake_tui.screens.frame import Frame
from intake_tui.screens.in_words import in_words
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.printed import document
from intake_tui.widgets.printed_blocks import Block
from intake_tui.widgets.printed_file import Form, printed_file
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.settling import Settles

if TYPE_CHECKING:
    from intake_tui.guide.model import Guide
    from intake_tui.records.archive import Archive


class ExportScreen(Settles, Frame[Written | None]):
    """One file for all the records. Dismisses with it, or with None where none was written.

    `deleted_after`: it is all that will be left of them, and has the safety plan in it at first.
    """

    help_section = "signed"
    CSS_PATH = "amend.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "printed.key-on", show=False, priority=True),
        Binding("tab", "plan", "printed.key-plan", show=False, priority=True),
        Binding("shift+tab", "form", "printed.key-form", show=False, priority=True),
        Binding("escape", "back", "printed.key-back", show=False, priority=True),
    ]

    def __init__(
        self, records: Sequence[tuple[dict[str, Any], Guide]], *, deleted_after: bool = False
    ) -> None:
        super().__init__()
        self._records = records
        self._deleted_after = deleted_after
        self._with_plan = deleted_after  # what is left out of it then is gone for good
        self._form: Form = "pdf"
        self._asking = False
        self._file = Path()
        self._field = AmendField()

    def heading(self) -> tuple[str, str]:
        """Whose records."""
        codes = dict.fromkeys(str(record["code"]) for record, _ in self._records)
        return self.words("printed.title"), ", ".join(codes)

    def body(self) -> Iterable[Widget]:
        """What it means, and the field for the folder."""
        self.rows.can_focus = False
        yield self.rows
        self._field.placeholder = self.words("printed.folder")
        yield self._field

    def keys(self) -> tuple[Key, ...]:
        """The keys; Enter says when it writes."""
        words = self.words
        back = Key("Esc", words("printed.key-back"))
        if self._asking:
            return (*((Key("Enter", words("printed.key-write")),) if self.is_settled else ()), back)
        plan, form = words("printed.key-plan"), words("printed.key-form")
        on = Key("Enter", words("printed.key-on"))
        return (Key("Tab", plan), Key("Shift+Tab", form), on, back)

    def on_mount(self) -> None:
        """The folder is typed."""
        self.set_focus(self._field)
        self._show()

    def _show(self) -> None:
        self._field.display = self._field.can_focus = not self._asking
        if not self._asking:
            self.set_focus(self._field)
        self.rows.show(self._rows())
        self.refresh_frame()

    def _rows(self) -> Iterator[Row]:
        words = self.words
        yield Row(words("printed.what"))
        if self._deleted_after:
            yield Row(words("printed.deleted-after"), look="strong")
        yield Row()
        yield Row(self._plan())
        yield Row(words(f"printed.form-{self._form}"))
        yield Row()
        if self._asking:
            yield Row(words("printed.question"), look="strong")
            yield Row(self._file.name, look="quiet")
        else:
            yield Row(words("printed.where"), look="quiet")

    def _plan(self) -> str:
        """Whether the safety plan goes along; and what becomes of it where it does not."""
        if self._with_plan:
            return self.words("printed.plan-in")
        return self.words("printed.plan-lost" if self._deleted_after else "printed.plan-out")

    def action_plan(self) -> None:
        """Tab: the safety plan goes along, or stays."""
        if not self._asking:
            self._with_plan = not self._with_plan
            self._show()

    def action_form(self) -> None:
        """Shift+Tab: pages, or plain text."""
        if not self._asking:
            self._form = "md" if self._form == "pdf" else "pdf"
            self._show()

    def action_go_on(self) -> None:
        """Enter: to the question, and then it is written."""
        if not self._asking:
            self._take_folder()
        elif self.takes_enter():
            self._write()

    @work(group="export", exclusive=True)
    async def _take_folder(self) -> None:
        typed = self._field.value.strip()
        if not typed:
            return
        try:
            self._file = await apart(lambda: _file_in(typed, self._form))
        except ExportRefused as refused:
            self.say(self.words(f"printed.{refused.code}"))
        except RuntimeError:  # the home of somebody who is not there
            self.say(self.words("printed.no-folder"))
        else:
            self._asking = True
            self.say()
            self.settle()
            self._show()

    def settled(self) -> None:
        """Enter is named from here on."""
        self.refresh_frame()

    @work(group="export", exclusive=True)
    async def _write(self) -> None:
        words = self.words
        try:
            centre = await self.desk.vault(lambda archive: str(archive.settings.centre))
            documents = list(self._documents(centre))
            data = await asyncio.to_thread(printed_file, documents, self._form, words)
            await self.desk.vault(self._note)
            written = await asyncio.to_thread(write, self._file, data)  # waited for: never half
        except VaultError as error:
            self.say(in_words(error, words))
        except ExportRefused as refused:
            self.say(words(f"printed.{refused.code}"))
        else:
            self.dismiss(written)

    def _documents(self, centre: str) -> Iterator[list[Block]]:
        now, plan = self.desk.now(), self._with_plan
        for record, guide in self._records:
            yield document(record, guide, self.words, centre=centre, now=now, with_plan=plan)

    def _note(self, archive: Archive) -> None:
        """The log has it before it is written."""
        for record, _ in self._records:
            archive.exported(record["id"])

    def action_back(self) -> None:
        """Esc: out of the question, or back to the record."""
        if self._asking:
            self._asking = False
            self._show()
        elif self.may_drop(self._field.value):
            self.dismiss(None)


def _file_in(folder: str, form: Form) -> Path:
    """A file in that folder that can be written. Raises ExportRefused, RuntimeError."""
    file = Path(folder).expanduser() / file_name(form)
    refuse(file)
    return file
