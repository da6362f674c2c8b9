"""Who may open the archive: a list for everybody, and what leaders do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from intake_tui.screens.frame import Frame
from intake_tui.screens.in_words import in_words
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.rows import Rows

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation
    from intake_tui.records.archive import Archive
    from intake_tui.records.staff import Colleague

ADD = "add"

Makes = Callable[[], Screen["str | None"]]


class StaffList(Frame["str | None"]):
    """What the list and the screen about one colleague share: rows that lead on."""

    help_section = "staff"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "staff.key-open", show=False),
        Binding("escape", "leave", "staff.key-back", show=False),
    ]

    @property
    def writes_to(self) -> Conversation | None:
        """Letters do nothing here."""
        return None

    def keys(self) -> tuple[Key, ...]:
        """The keys; Enter where it leads on."""
        words = self.words
        leads = (Key("↑ ↓", words("staff.key-move")), Key("Enter", words("staff.key-open")))
        return (
            *(leads if self.rows.highlighted else ()),
            Key("Esc", words("staff.key-back")),
            Key("F1", words("contacts.key-help")),
        )

    def leads_to(self, key: str) -> Makes | None:
        """What makes the screen that a row leads to."""
        raise NotImplementedError

    def done(self, what: str | None) -> None:
        """Back from there; what was done."""
        raise NotImplementedError

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A second click opens."""
        self.action_open()

    def action_open(self) -> None:
        """Enter: on to what the highlight stands on."""
        makes = self.leads_to(self.rows.highlighted) if self.rows.highlighted else None
        if makes is not None:
            self.app.push_screen(makes(), self.done)

    def action_leave(self) -> None:
        """Esc."""
        self.dismiss(None)


class StaffScreen(StaffList):
    """Everybody by name, with who leads. Whoever does not lead reads it, and that is all."""

    def __init__(self) -> None:
        super().__init__()
        self._colleagues: tuple[Colleague, ...] = ()
        self._may_lead = False
        self._centre = ""

    def heading(self) -> tuple[str, str]:
        """How many there are."""
        n = len(self._colleagues)
        return self.words("staff.matter"), self.words("staff.state", n=n) if n else ""

    def on_mount(self) -> None:
        """Read them."""
        self._read()

    @work(group="staff", exclusive=True)
    async def _read(self) -> None:
        def read(archive: Archive) -> tuple[tuple[Colleague, ...], bool, str]:
            staff = archive.staff
            return staff.colleagues(), staff.may_lead, archive.settings.centre

        try:
            self._colleagues, self._may_lead, self._centre = await self.desk.vault(read)
        except VaultError as error:
            self.say(in_words(error, self.words))
            return
        if self.is_attached:
            self.rows.show(self._rows())
            self.refresh_frame()

    def _rows(self) -> Iterator[Row]:
        words = self.words
        for one in self._colleagues:
            name = one.name or words("staff.no-name")
            text = words("staff.you", name=name) if one.me else name
            key = one.slot if self._may_lead else None
            yield Row(text, key=key, right=words(f"archive.role-{one.role}"))
        if self._may_lead:
            yield Row(words("staff.add"), key=ADD, look="accent")
        yield Row()
        yield Row(words(self._hint), look="quiet")

    @property
    def _hint(self) -> str:
        """The key of the words below the list."""
        if not self._may_lead:
            return "staff.hint-counsellor"
        return "staff.hint-only-leader" if self._is_one_leader else "staff.hint-leader"

    @property
    def _is_one_leader(self) -> bool:
        return sum(one.role == "leader" for one in self._colleagues) == 1

    def leads_to(self, key: str) -> Makes | None:
        """Adding one, or what can be done about one."""
        from intake_tui.screens.staff_flows import AddScreen  # noqa: PLC0415 - when it is chosen

        if key == ADD:
            return lambda: AddScreen(self._centre, self._colleagues)
        colleague = next((one for one in self._colleagues if one.slot == key), None)
        if colleague is None:
            return None
        only_leader = self._is_one_leader
        return lambda: ColleagueScreen(self._centre, colleague, only_leader=only_leader)

    def done(self, what: str | None) -> None:
        """The list as it is now."""
        self.say(what or "")
        if what is not None:
            self._read()


class ColleagueScreen(StaffList):
    """What a leader can do about one colleague, or about their own place, each with what it is."""

    def __init__(self, centre: str, colleague: Colleague, *, only_leader: bool) -> None:
        super().__init__()
        self._centre = centre
        self._one = colleague
        self._only_leader = only_leader

    def heading(self) -> tuple[str, str]:
        """Whom it is about."""
        words, one = self.words, self._one
        return one.name or words("staff.no-name"), words(f"archive.role-{one.role}")

    def on_mount(self) -> None:
        """What can be done."""
        self.rows.show(self._rows())
        self.refresh_frame()

    def _rows(self) -> Iterator[Row]:
        me, leads = self._one.me, self._one.role == "leader"
        yield self._act("own" if me else "renew")
        if me and self._only_leader:
            yield from self._note("only-leader")
            return
        role = "not-leading" if me else "to-counsellor" if leads else "to-leader"
        yield self._act(role)
        if me:
            yield from self._note("leave-yourself")
        else:
            yield self._act("revoke")

    def _act(self, act: str) -> Row:
        about = self.words(f"staff.act-{act}-about", name=self._one.name)
        text = self.words(f"staff.act-{act}", name=self._one.name)
        return Row(text, key=act, below=((about, "quiet"),), hang=2)

    def _note(self, note: str) -> Iterator[Row]:
        yield Row()
        yield Row(self.words(f"staff.{note}"), look="quiet")

    def leads_to(self, key: str) -> Makes | None:
        """The flow that does it."""
        from intake_tui.screens import staff_flows as flows  # noqa: PLC0415 - when it is chosen

        if key == "own":
            return flows.OwnPassphraseScreen
        kinds = {"renew": flows.RenewScreen, "revoke": flows.RevokeScreen}
        kind = kinds.get(key, flows.RoleScreen)
        return lambda: kind(self._centre, self._one)

    def done(self, what: str | None) -> None:
        """Back to the list, where something was done."""
        if what is not None:
            self.dismiss(what)
