"""A backup becomes the archive of this computer: before there is one, or where none opens."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from intake_tui.desk.apart import apart
from intake_tui.desk.media import copies_in, copies_on_media
from intake_tui.desk.vault_thread import VaultThread
from intake_tui.vault.errors import CopyRefused, IsACopy
from intake_tui.vault.roster import COUNSELLOR

if TYPE_CHECKING:
    from intake_tui.vault.copies import Copy
    from intake_tui.vault.keys import Identity
    from intake_tui.vault.place import Location
    from intake_tui.vault.restore import Restore, Restored
    from intake_tui.vault.slots import SignIn


class Restoring:
    """One restore: `look` at the file, `sign_in`, `run`; `close` at the end, however it ends.

    `over`: what lies there cannot be opened or is damaged, and is set aside. Where it opens still,
    only a leader puts a copy in its place.
    """

    def __init__(
        self, vault: VaultThread, location: Location, device: Path | None, *, over: bool = False
    ) -> None:
        self._vault, self._location, self._device = vault, location, device
        self.over = over
        self._copy: Copy | None = None
        self._under_way: Restore | None = None

    async def offered(self) -> list[Path]:
        """The copies on media that are in, newest first; else the one in the archive's place."""
        found = await apart(copies_on_media)
        if not found and self._vault.unopenable == IsACopy.code:
            return [Path(self._location)]
        return found

    async def in_folder(self, path: Path) -> list[Path] | None:
        """The copies in it, newest first; None where it is no folder."""

        def look() -> list[Path] | None:
            try:
                folder = path.expanduser()
                return copies_in(folder) if folder.is_dir() else None
            except (OSError, ValueError, RuntimeError):
                return None

        return await apart(look)

    async def look(self, path: Path) -> None:
        """Whether it is a backup that could be restored here. Raises CopyRefused, VaultError."""
        await self.close()
        place = None if self.over else self._location
        self._copy = await self._vault.plain(lambda: _looked_at(path, place))

    async def sign_in(self, *, name: str = "", passphrase: str = "", code: str = "") -> None:
        """As when it was made. Raises WrongPassphrase, WrongRecovery, CopyRefused."""
        copy = self._open_copy
        leaders_only = self.over and not self._vault.unopenable

        def who(doors: SignIn) -> Identity:
            return doors.with_recovery(code) if code else doors.with_passphrase(name, passphrase)

        def signed_in() -> None:
            member = copy.claims.roster.member(copy.sign_in(who).slot)
            if leaders_only and (member is None or member.role == COUNSELLOR):
                raise CopyRefused("leaders-only")

        await self._vault.plain(signed_in)

    async def run(self, further: Callable[[str, int], None]) -> Restored:
        """All of it; `further` is told phase and percent. Raises CopyRefused, VaultError."""
        from intake_tui.records.restoring import restoring

        copy, today = self._open_copy, dt.datetime.now().astimezone().date()
        on = today if self.over else None
        under_way = self._under_way = await self._vault.plain(
            lambda: restoring(copy, self._location, self._device, damaged_on=on)
        )
        try:
            return await self._run(under_way, further)
        except BaseException:
            await self._vault.plain(under_way.stop)  # nothing is left of it before it is said
            raise

    async def _run(self, under_way: Restore, further: Callable[[str, int], None]) -> Restored:
        while (step := await self._vault.plain(under_way.step)) is not None:
            further(step.phase, 100 * step.done // step.total if step.total else 0)
            if step.aside is not None:
                await asyncio.to_thread(step.aside)
        if under_way.restored is None:
            raise CopyRefused("not-written")
        return under_way.restored

    async def close(self) -> None:
        """Give the file back; nothing is left of a restore that did not end."""
        under_way, copy = self._under_way, self._copy
        self._under_way = self._copy = None
        if under_way is not None:
            await self._vault.plain(under_way.stop)
        if copy is not None:
            await self._vault.plain(copy.close)

    @property
    def _open_copy(self) -> Copy:
        if self._copy is None:
            raise CopyRefused("no-copy")
        return self._copy


def _looked_at(path: Path, free: Location | None) -> Copy:
    """The copy; `free` is a place where nothing may lie yet."""
    from intake_tui.vault.copies import Copy
    from intake_tui.vault.founding import refuse

    if free is not None:
        refuse(free)
    try:
        return Copy(path.expanduser())
    except RuntimeError:  # the home of somebody who is not there
        raise CopyRefused("no-copy") from None
