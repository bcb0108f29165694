from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from evaluator.report.fonts import FAMILY, covered
from evaluator.report.fonts.subset import SIGNS, make_font, wanted

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def test_what_is_wanted_is_what_the_files_have_but_for_letters_the_source_lacks():
    missing = wanted() - covered() - {"\u00a0"}  # a hard space is drawn as a space
    assert all("\u0100" <= letter <= "\u017f" for letter in missing)
    assert covered() <= wanted()
    assert set(SIGNS) <= covered()


def test_the_standard_characters_are_all_wanted():
    assert len({letter for letter in wanted() if "\u4e00" <= letter <= "\u9fff"}) > 7_900


@pytest.mark.slow
@pytest.mark.skipif(not SOURCE.is_file(), reason="Noto Sans CJK is not installed")
def test_a_font_is_cut_and_renamed_with_the_same_bytes_each_time():
    characters = frozenset("A县项目")
    data = make_font(SOURCE.read_bytes(), characters, "Regular")
    font = TTFont(BytesIO(data))
    assert set(map(chr, font.getBestCmap())) == characters
    assert font["name"].getDebugName(1) == FAMILY
    assert make_font(SOURCE.read_bytes(), characters, "Regular") == data
