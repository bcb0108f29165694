"""Figures stated in prose keep their words and never overrule a given value."""

import numpy as np
import pytest

from evaluator.domain.portfolio import Evidence
from evaluator.intake.draft import Draft
from evaluator.intake.extract import extract_figures


def draft_of(**values):
    draft = Draft(rows=np.array([2]))
    for key, value in values.items():
        draft.put(key, 0, value, Evidence.GIVEN)
    extract_figures(draft)
    return draft


def test_the_words_and_their_source_are_kept():
    draft = draft_of(performance_target="带动农户500户,其中脱贫户413户1782人,户均增收2000元")
    assert draft.column("households")[0] == 500
    assert draft.quotes[0, "households"] == "带动农户500户"
    assert draft.evidence_of("households")[0] is Evidence.TEXT
    assert draft.column("yearly_household_benefit_yuan")[0] == 1_000_000
    assert draft.evidence_of("yearly_household_benefit_yuan")[0] is Evidence.ASSUMED


def test_a_given_value_wins():
    draft = draft_of(performance_target="带动农户500户", households=12)
    assert draft.column("households")[0] == 12


def test_poor_households_alone_are_the_households_known():
    draft = draft_of(beneficiaries="脱贫户、监测户120户")
    assert (draft.column("poor_households")[0], draft.column("households")[0]) == (120, 120)
    assert draft.evidence_of("households")[0] is Evidence.ASSUMED


def test_sizes_come_from_scale_and_content_before_the_target():
    draft = draft_of(content="种植花椒50亩", performance_target="辐射带动全乡9000亩")
    assert draft.column("area_mu")[0] == 50


def test_a_scale_column_headed_mu():
    draft = Draft(rows=np.array([2]), headings={"scale": "项目规模(亩)"})
    draft.put("scale", 0, "500", Evidence.GIVEN)
    extract_figures(draft)
    assert draft.column("area_mu")[0] == 500
    assert draft.evidence_of("area_mu")[0] is Evidence.GIVEN


def test_links_offtake_and_operator():
    draft = draft_of(content="由青禾农业有限公司负责经营,与农户签订订单合同,土地流转,入股分红")
    assert set(draft.column("link_mechanisms")[0]) == {"contract", "land rent", "dividend"}
    assert draft.column("offtake_grade")[0] == "written"
    assert draft.column("operator")[0] == "青禾农业有限公司"


@pytest.mark.parametrize("text", ["受益群众满意度≥95%", "资金使用合规率100%", "验收合格率≥98%", "建设任务按时完成"])
def test_target_tables_say_nothing_of_money(text):
    draft = draft_of(performance_target=text)
    assert all(draft.missing(key)[0] for key in draft.values if key != "performance_target")
