import pytest

from evaluator.language import catalogue
from evaluator.pages.income_trust import VERDICTS
from evaluator.report.effect_checks import weigh_checks
from tests.income.made import world_effects


@pytest.mark.slow
def test_every_verdict_has_a_symbol_and_a_word_in_both_languages():
    assert len({symbol for symbol, _ in VERDICTS.values()}) == len(VERDICTS)
    for language in ("en", "zh"):
        assert all(f"pages.income.verdict.{verdict}" in catalogue(language) for verdict in VERDICTS)
    assert {verdict for *_, verdict in weigh_checks(world_effects(), "zh")} <= set(VERDICTS)
