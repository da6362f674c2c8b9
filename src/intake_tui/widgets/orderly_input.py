"""A field that is left at the very key that leaves it."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable

from textual import events

from intake_tui.textual_fixes.closed import ClosedInput


class OrderlyInput(ClosedInput):
    """Calls `submit` at Enter, and at Tab where it is told to.

    It is called in the key's own handler, before the next key is looked at: a posted message
    would come later, and part of a passphrase would stand in the field for the name.
    """

    def __init__(
        self,
        submit: Callable[[], Awaitable[None] | None],
        value: str = "",
        *,
        password: bool = False,
        tab: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name for it
    ) -> None:
        super().__init__(value, password=password, id=id)
        self._submit = submit
        self._keys = ("enter", "tab") if tab else ("enter",)

    async def _on_key(self, event: events.Key) -> None:
        if event.key in self._keys:
            event.stop()
            event.prevent_default()
            submitting = self._submit()
            if inspect.isawaitable(submitting):
                await submitting

    def _on_paste(self, event: events.Paste) -> None:
        """Take in what the keys would have given: a passphrase is the same, typed or pasted.

        A joiner inside an emoji, for one, is no key that can be printed.
        """
        event.prevent_default()
        first = event.text.splitlines()[0] if event.text else ""
        super()._on_paste(events.Paste("".join(filter(str.isprintable, first))))
        event.stop()
