"""A zip is opened by counting what streams out of it, not by its directory."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.domain.errors import TableError
from evaluator.intake.archive import open_archive, pack_parts
from evaluator.intake.guard import Limits
from tests.intake.made_files import zipped

LIMITS = Limits()


def refused(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(TableError) as caught:
        open_archive(data, limits=limits)
    return caught.value.issues[0].code


def lying(data: bytes, name: bytes, size: int) -> bytes:
    """The archive with another unzipped size of one part in its directory."""
    entry = data.rindex(name) - 46
    return data[: entry + 24] + size.to_bytes(4, "little") + data[entry + 28 :]


def test_xml_parts_are_kept_and_others_only_counted():
    archive = open_archive(zipped({"xl/workbook.xml": "<a/>", "xl/media/image1.png": b"\x89PNG"}), limits=Limits())
    assert archive.parts == {"xl/workbook.xml": b"<a/>"}
    assert "xl/media/image1.png" in archive.names


def test_part_that_nobody_reads_is_still_measured():
    assert refused(zipped({"xl/workbook.xml": "<a/>", "xl/media/image1.bin": bytes(30_000_000)})) == "E_ZIP_RATIO"


def test_directory_that_understates_a_part_is_refused():
    data = zipped({"xl/workbook.xml": "<a>" + "x" * 5_000 + "</a>"})
    assert refused(lying(data, b"xl/workbook.xml", 1_000)) == "E_ZIP_RATIO"
    assert refused(lying(data, b"xl/workbook.xml", 9_000)) == "E_ZIP_BROKEN"


def test_all_parts_together_are_bounded():
    data = zipped({f"{n}.xml": zlib.compress(bytes([n]) * 90) * 10 for n in range(9)})
    assert refused(data, Limits(unzipped_bytes=500)) == "E_ZIP_RATIO"


def test_unsafe_names_are_left_out_and_said():
    data = zipped({"xl/workbook.xml": "<a/>", "../../x.xml": "<a/>", "/etc/x.xml": "<a/>", "C:\\x.xml": "<a/>"})
    archive = open_archive(data, limits=Limits())
    assert list(archive.parts) == ["xl/workbook.xml"]
    assert [(issue.code, issue.values["count"]) for issue in archive.issues] == [("W_ZIP_NAMES", 3)]


def test_the_same_part_twice_is_refused():
    assert refused(zipped({"xl/workbook.xml": "<a/>", "XL/Workbook.xml": "<b/>"})) == "E_ZIP_BROKEN"


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_damage_anywhere_is_refused_or_harmless(draw: st.DataObject):
    whole = {"xl/workbook.xml": b"<a>" + b"text" * 50 + b"</a>", "b.bin": b"b"}
    data = bytearray(pack_parts(whole) if draw.draw(st.booleans()) else zipped(whole))
    if draw.draw(st.booleans()):
        del data[draw.draw(st.integers(0, len(data) - 1)) :]
    else:
        data[draw.draw(st.integers(0, len(data) - 1))] ^= draw.draw(st.integers(1, 255))
    try:
        parts = open_archive(bytes(data), limits=Limits()).parts
    except TableError as error:
        assert error.issues[0].code in {"E_ZIP_BROKEN", "E_ZIP_RATIO", "E_ENCRYPTED"}
    else:
        assert all(content in whole.values() for content in parts.values())


def test_a_part_without_a_name_is_no_surprise():
    assert open_archive(zipped({"Qq": b"x", "folder/": b""}).replace(b"Qq", b"\x00q"), limits=LIMITS).parts == {}
