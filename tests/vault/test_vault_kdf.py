"""Argon2id: bounds, and what is folded before it is run."""

import struct

import pytest

from intake_tui.vault import Kdf, VaultUntrusted, kdf


@pytest.mark.parametrize(
    ("memory", "rounds", "lanes"),
    [
        (64 * 1024 - 1, 3, 4),
        (1024 * 1024 + 1, 3, 4),
        (64 * 1024, 2, 4),
        (64 * 1024, 11, 4),
        (64 * 1024, 3, 3),
        (64 * 1024, 3, 9),
        (2**32 - 1, 2**32 - 1, 2**32 - 1),
    ],
)
def test_costs_out_of_bounds_cannot_be_held_or_parsed(memory, rounds, lanes):
    with pytest.raises(VaultUntrusted, match="kdf"):
        Kdf(memory, rounds, lanes)
    with pytest.raises(VaultUntrusted, match="kdf"):
        Kdf.parse(struct.pack(">BIII", 1, memory, rounds, lanes))


@pytest.mark.parametrize("packed", [b"", bytes(13), kdf.PRINTED, Kdf.FLOOR.packed() + b"\0"])
def test_other_bytes_are_no_cost(packed):
    with pytest.raises(VaultUntrusted, match="kdf"):
        Kdf.parse(packed)


def test_packed_and_parsed():
    assert Kdf.parse(Kdf.USUAL.packed()) == Kdf.USUAL


def test_names_fold_and_passphrases_normalise():
    vault = bytes(16)
    assert kdf.salt(vault, " ÅSE  Brattli ") == kdf.salt(vault, "åse brattli")
    assert kdf.salt(vault, "åse") != kdf.salt(vault, "ase")
    assert kdf.salt(vault, "åse") != kdf.salt(bytes(15) + b"1", "åse")
    salt = kdf.salt(vault, "å")
    composed, apart = (
        Kdf.FLOOR.key("bl\u00e5b\u00e6r", salt),
        Kdf.FLOOR.key("bla\u030ab\u00e6r", salt),
    )
    assert composed == apart != Kdf.FLOOR.key("Bl\u00e5b\u00e6r", salt)


def test_lone_surrogates_give_a_key_and_no_exception():
    assert len(Kdf.FLOOR.key("\udce5", kdf.salt(bytes(16), "\udce5"))) == 32


def test_calibration_stays_within_bounds():
    cost = Kdf.calibrated()
    assert Kdf.FLOOR.memory_kib <= cost.memory_kib <= Kdf.USUAL.memory_kib
    assert 3 <= cost.rounds <= 10
