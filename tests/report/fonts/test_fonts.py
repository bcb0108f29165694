from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from evaluator.language import LANGUAGES, catalogue
from evaluator.reference.lexicon import products
from evaluator.reference.places import counties
from evaluator.report.fonts import FAMILY, FOLDER, covered, uncovered

FILES = sorted(FOLDER.glob("*.otf"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_list_of_characters_is_what_the_file_has(path):
    font = TTFont(BytesIO(path.read_bytes()))
    assert set(map(chr, font.getBestCmap())) >= covered()
    assert font["name"].getDebugName(1) == FAMILY
    assert "Open Font License" in font["name"].getDebugName(13)


def test_there_is_a_regular_and_a_bold_face_of_less_than_two_megabytes():
    assert [path.stem.rpartition("-")[2] for path in FILES] == ["Bold", "Regular"]
    assert all(path.stat().st_size < 2_000_000 for path in FILES)
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_of_the_program_can_be_drawn(language):
    assert not uncovered("".join(catalogue(language).values()))


def test_products_and_places_of_the_reference_can_be_drawn():
    names = [product.name(language) for product in products().values() for language in LANGUAGES]
    names += [county.name(language) for county in counties().values() for language in LANGUAGES]
    assert not uncovered("".join(names))


def test_rare_characters_of_names_are_in_and_what_is_not_is_named_once():
    assert not uncovered("垭塝埫㘎䂮喆珺")
    assert uncovered("𠮷田村𠮷ꀀ") == ("𠮷", "ꀀ")
