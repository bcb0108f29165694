import pytest

from evaluator.language import LANGUAGES
from evaluator.reference.evidence import income_evidence
from evaluator.report.evidence import evidence_links, say_evidence, say_lasting, say_span, tabulate_evidence


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_a_row_for_every_fact_and_its_source(language):
    table = tabulate_evidence(language)
    assert len(table) == len(income_evidence())
    assert table.shape[1] == 7
    assert (table.iloc[:, -1] != "").all()
    assert len(tabulate_evidence(language, topics=("lasting",))) < len(table)


def test_spans_and_readings():
    facts = {one.id: one for one in income_evidence()}
    assert say_span(facts["blattman"], "en") == "4–9"
    assert say_span(facts["couture"], "zh") == "1"
    assert say_span(facts["audit"], "en") == "–"
    assert len(say_evidence("en")) == len(say_evidence("zh")) == 3
    assert all(link.startswith("https://") for link in evidence_links().values())


def test_the_finding_counts_programmes_followed_for_long():
    long = [one for one in income_evidence() if one.topic == "lasting" and (one.years_to or 0) >= 5]
    judged = [one for one in long if one.lasts != "unknown"]
    assert say_lasting("en").startswith(f"Of {len(judged)} programmes")
    assert len(judged) < len(long)
    assert "2个增收消退，1个得以保持" in say_lasting("zh")
