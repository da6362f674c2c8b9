"""Whose a slot is: nobody but its holder can say so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaults import NAME, Made

from intake_tui.vault import Kdf, names, store
from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.items import PERSON
from intake_tui.vault.keys import Identity

BO, ANNE = ("Bo", "bølge-mose-ravn-lykt-stein-vind"), ("Anne", "hage-stige-brød-vott-fjøs-sol")


@pytest.fixture
def slots(made: Made) -> dict[str, bytes]:
    """Two colleagues."""
    vault = made.unlock()
    found = {
        name: vault.enrol(name=name, passphrase=phrase, kdf=Kdf.FLOOR)
        for name, phrase in (BO, ANNE)
    }
    vault.lock()
    return found


def as_bo(made: Made) -> store.Vault:
    return store.unlock(made.path, name=BO[0], passphrase=BO[1], device=made.device)


def test_two_names_that_a_colleague_exchanged_are_none(
    made: Made, slots: dict[str, bytes], opened: Callable[[Made], store.Vault]
) -> None:
    vault = as_bo(made)
    contents = {slot: vault.get_item(slot) for slot in slots.values()}
    vault.put_item(slots["Bo"], PERSON, contents[slots["Anne"]] or b"")
    vault.put_item(slots["Anne"], PERSON, contents[slots["Bo"]] or b"")
    vault.lock()
    leader = opened(made)
    assert [one.name for one in leader.staff.all() if one.role != "recovery"].count("") == 2
    assert NAME in leader.names().values()
    assert not {"Bo", "Anne"} & set(leader.names().values())
    assert "name-changed" in leader.warnings
    codes = {(one.code, one.where) for one in leader.verify().findings}
    assert codes == {("name-changed", f"item {slot.hex()}") for slot in slots.values()}


def test_a_name_that_a_colleague_wrote_for_another_is_none(
    made: Made, slots: dict[str, bytes], opened: Callable[[Made], store.Vault]
) -> None:
    vault = as_bo(made)
    forged = Identity(slots["Anne"], "Bo", vault._desk.identity.kem, vault._desk.identity.signing)
    vault.put_item(slots["Anne"], PERSON, names.signed(vault.id, forged))
    vault.lock()
    leader = opened(made)
    assert leader.names()[slots["Bo"]] == "Bo"
    assert slots["Anne"] not in leader.names()


def test_who_has_left_is_still_named_in_the_log(
    made: Made, slots: dict[str, bytes], opened: Callable[[Made], store.Vault]
) -> None:
    leader = opened(made)
    leader.staff.revoke(slots["Bo"], new_sheet=False)
    assert leader.names()[slots["Bo"]] == "Bo"
    assert leader.warnings == ()
    assert leader.verify().findings == ()


@pytest.mark.parametrize("content", [b"", b"Bo", b"\xff" * 80])
def test_anything_else_is_no_name(made: Made, content: bytes, opened) -> None:  # type: ignore[no-untyped-def]
    vault = opened(made)
    with pytest.raises(VaultDamaged):
        names.name_in(vault.id, vault._desk.rosters, vault._desk.identity.slot, content)
