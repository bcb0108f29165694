from dataclasses import replace

from evaluator.domain.edits import with_facts
from evaluator.domain.settings import Settings
from evaluator.report.document import Paragraph, Table
from evaluator.report.sections.changed import build_changed


def test_it_says_so_when_nothing_was_changed(material):
    blocks = build_changed(material, "en")
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        "No fact was edited by hand.",
        "Every setting stands at its default.",
    ]


def test_facts_and_settings_that_were_changed_are_listed(material):
    portfolio = with_facts(material.evaluation.portfolio, "A1", {"benefit_years": 6.0})
    settings = Settings().with_values({"payback.rate": 0.05})
    changed = replace(material, evaluation=replace(material.evaluation, portfolio=portfolio, settings=settings))
    facts, rules = (block for block in build_changed(changed, "zh") if isinstance(block, Table))
    assert facts.rows[0][1:] == ("青岭花椒基地", "持续受益年限", "6 年", "1 年")
    assert rules.rows[0][0] == "payback.rate"
    assert rules.rows[0][2:] == ("0.05", "0.08")
