from dataclasses import replace

import numpy as np
import pytest

from evaluator.domain.settings import Settings
from evaluator.income.effects import estimate_effects
from evaluator.report.document import Listing, Notice, Paragraph, Table, texts_of
from evaluator.report.effect_tables import tabulate_years
from evaluator.report.effects import say_headline
from evaluator.report.sections.income import build_income
from tests.income.made import panel_of, small_frame, world_frame


@pytest.fixture(scope="module")
def found():
    return estimate_effects(panel_of(world_frame(60, seed=11)))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_headline_leads_and_the_years_are_those_of_the_command(material, found, language):
    blocks = build_income(replace(material, income=found), language)
    assert Paragraph(say_headline(found, language), style="lead") in blocks
    years = next(block for block in blocks if isinstance(block, Table))
    assert years.rows == tuple(tabulate_years(found, language).itertuples(index=False, name=None))
    assert any(isinstance(block, Listing) for block in blocks)
    said = " ".join(text for block in blocks for text in texts_of(block))
    assert "{" not in said
    assert "nan" not in said


def test_data_that_cannot_carry_an_estimate_print_why_and_no_number(material):
    frame = small_frame()
    frame["first_year"] = np.where(frame["cluster_id"].isin(["c01", "c02"]), 2004, 0)
    refused = estimate_effects(panel_of(frame), settings=Settings().with_values({"income.permutations": 99}))
    blocks = build_income(replace(material, income=refused), "en")
    assert any(isinstance(block, Notice) for block in blocks)
    assert "Found 2 villages" in " ".join(text for block in blocks for text in texts_of(block))
    assert not [block for block in blocks if isinstance(block, Paragraph) and block.style == "lead"]


def test_without_a_panel_there_is_no_such_section(material):
    assert build_income(material, "zh") == ()
