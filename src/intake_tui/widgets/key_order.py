"""Each key is dealt with from beginning to end before the next one is looked at.

Textual posts a key to the widget in focus and goes on to the next; a binding runs when the key
has bubbled up from queue to queue. On a slow machine, or where keys come in a burst, letters
then overtake the Enter or Ctrl+F that was pressed before them, and stand in the wrong line or
in the wrong field. Here a key reaches its widget, those around it and the bindings in one go.
"""

from __future__ import annotations

from typing import Any

from textual._callback import invoke
from textual._dispatch_key import dispatch_key
from textual.app import App
from textual.events import Key, Paste
from textual.message_pump import MessagePump
from textual.screen import Screen

from intake_tui.textual_fixes.painting import paint_at_once


async def dealt_with(app: App[Any], event: Key | Paste) -> None:
    """Deliver a key or a paste; awaited by the app's `on_event` in place of Textual's own.

    What a key does to the focus has to be done at once (`screen.set_focus`), not by a message.
    """
    app.app_focus = True
    await app.screen._mounted_event.wait()  # a key right after the one that opened the screen
    if await _comes_first(app, event):
        return
    event._set_forwarded()
    screen, focused = app.screen, app.focused
    pump: MessagePump | None = focused or screen
    while pump is not None and pump is not app:
        if await _stopped_at(pump, event):
            if focused is pump:
                paint_at_once(screen, focused)
            return
        pump = pump._parent
    if isinstance(event, Key) and not await app._check_bindings(event.key):
        await dispatch_key(app, event)


async def _comes_first(app: App[Any], event: Key | Paste) -> bool:
    """Whether the key is bound before any widget is asked.

    None that prints is, so that nothing has to be looked up for a letter.
    """
    if isinstance(event, Paste) or event.is_printable:
        return False
    return await app._check_bindings(event.key, priority=True)


async def handed_to(screen: Screen[Any], event: Key | Paste) -> None:
    """Deliver a key or a paste to a screen that is not in front, and to its own bindings."""
    event._set_forwarded()
    pump: MessagePump | None = screen.focused or screen
    while pump is not None and pump is not screen.app:
        if await _stopped_at(pump, event):
            return
        pump = pump._parent
    if isinstance(event, Key):
        await _check_bindings_of(screen, event.key)


async def _check_bindings_of(screen: Screen[Any], key: str) -> None:
    for node, bindings in screen._modal_binding_chain:
        for binding in bindings.key_to_bindings.get(key, ()):
            if node is not screen.app and await screen.app.run_action(binding.action, node):
                return


async def _stopped_at(pump: MessagePump, event: Key | Paste) -> bool:
    """Whether that widget kept the event for itself."""
    with pump._context(), pump.prevent(*event._prevent):
        for _, method in pump._get_dispatch_methods(event.handler_name, event):
            await invoke(method, event)
    event._no_default_action = False
    return event._stop_propagation
