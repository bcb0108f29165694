import zlib

import pytest

from evaluator.domain.case import lay_out_case
from evaluator.store import packing
from evaluator.store.faults import StoreError
from evaluator.store.packing import hash_parts, pack, unpack


def test_a_case_returns_from_its_bytes(case):
    assert lay_out_case(unpack(pack(case))) == lay_out_case(case)


def test_the_same_case_gives_the_same_bytes(case):
    assert pack(case) == pack(unpack(pack(case)))


def test_a_case_too_large_is_refused(case, monkeypatch):
    monkeypatch.setattr(packing, "MOST_BYTES", 1000)
    with pytest.raises(StoreError, match="larger"):
        pack(case)


@pytest.mark.parametrize("change", [lambda data: data[:-9], lambda data: b"\x00" + data, lambda _: zlib.compress(b"{")])
def test_damaged_bytes_are_refused(case, change):
    with pytest.raises(StoreError, match="damaged"):
        unpack(change(pack(case)))


def test_bytes_that_unpack_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(packing, "MOST_UNPACKED", 1000)
    with pytest.raises(StoreError, match="damaged"):
        unpack(zlib.compress(b" " * 1_000_000))


def test_parts_are_not_mistaken_for_one_another():
    hashes = {
        hash_parts("ab", "c"),
        hash_parts("a", "bc"),
        hash_parts("abc", None),
        hash_parts("abc", ""),
        hash_parts("abc"),
    }
    assert len(hashes) == 5
