"""Sign: what will be sealed, what is still open, and who signs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from intake_tui.intake.decision import decision
from intake_tui.intake.open_points import open_points
from intake_tui.screens.frame import Frame
from intake_tui.screens.in_words import in_words
from intake_tui.screens.signed import SignedScreen
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.saying import place_name
from intake_tui.widgets.settling import Settles

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation


class SignScreen(Settles, Frame[None]):
    """Once it is signed, the signed record is in front of the contacts; Esc dismisses."""

    reading = True
    help_section = "sign"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "sign", "sign.key-sign", show=False),
        Binding("escape", "leave", "sign.key-back", show=False),
    ]

    def __init__(self, conversation: Conversation) -> None:
        super().__init__()
        self._conversation = conversation
        self._signer = ""
        self._signing = False
        self.is_settled = self.settles_after <= 0  # one press never opens and signs

    @property
    def writes_to(self) -> Conversation | None:
        """Nothing more comes into what is being sealed."""
        return None if self._signing else super().writes_to

    def heading(self) -> tuple[str, str]:
        """Which conversation."""
        return self.words("sign.title"), self._conversation.code

    def keys(self) -> tuple[Key, ...]:
        """The keys; Enter is named when it signs."""
        sign = (Key("Enter", self.words("sign.key-sign")),) if self.is_settled else ()
        return (*sign, Key("Esc", self.words("sign.key-back")))

    def on_mount(self) -> None:
        """Show what there is; the name comes from the vault."""
        self._show()
        self.settle()
        self._read_name()

    def settled(self) -> None:
        """Enter is named from here on."""
        self.refresh_frame()

    @work(group="name")
    async def _read_name(self) -> None:
        self._signer = await self.desk.vault(lambda archive: str(archive.me.name))
        self._show()

    def _show(self) -> None:
        self.rows.show(self._rows())

    def _rows(self) -> Iterator[Row]:
        words = self.words
        yield Row(words("sign.what"), look="heading")
        yield Row(words("sign.what-lines"))
        yield Row(words("sign.what-retracted"), look="quiet")
        yield Row(words("sign.what-after"), look="quiet")
        yield Row()
        chosen = decision(self._conversation.guide, self._conversation.intake).chosen
        if chosen:
            yield Row(words("sign.chosen"), look="heading")
            yield Row(place_name(self._conversation.guide, chosen, words))
            yield Row()
        missing = list(self._missing())
        if missing:
            yield Row(words("sign.open"), look="heading")
            yield from (Row(text) for text in missing)
            yield Row(words("sign.open-fine"), look="quiet")
            yield Row()
        yield Row(words("sign.who"), look="heading")
        yield Row(self._signer)

    def _missing(self) -> Iterator[str]:
        talk = self._conversation
        if talk.line.text:
            yield self.words("sign.open-line")
        for point in open_points(talk.guide, talk.intake):
            yield self.words(f"sign.open-{point}")

    def action_sign(self) -> None:
        """Enter: sign. One that came too soon, and a second one meanwhile, do nothing."""
        if self.takes_enter() and not self._signing:
            self._signing = True
            self._sign()

    @work(group="sign")
    async def _sign(self) -> None:
        from intake_tui.records.errors import RecordDamaged  # noqa: PLC0415 - not before unlocking

        self.say(self.words("sign.signing"))
        self._conversation.keep()  # what stands in the note line belongs to the record
        try:
            await self.desk.sign(self._conversation)
        except (VaultError, RecordDamaged) as error:
            self._signing = False
            self.say(self.words("sign.not-signed", why=in_words(error, self.words)))
            return
        self._show_signed()

    def _show_signed(self) -> None:
        """The record as it is sealed, over the contacts; never over a cover."""
        app, covered = self.app, self.desk.covered
        self.desk.show_contacts()
        if not covered:
            app.push_screen(SignedScreen(self._conversation.id.hex()))

    def action_leave(self) -> None:
        """Esc: not yet; the conversation stays open."""
        if not self._signing:
            self.dismiss(None)
