from evaluator.report.document import Heading, Table
from evaluator.report.policy import say_also
from evaluator.report.sections.flagged import build_flagged, tabulate_flag
from evaluator.report.signs import say_signs


def test_every_flagged_or_watched_project_has_its_signs_reasons_and_cures(county):
    evaluation = county.evaluation
    blocks = build_flagged(county, "zh")
    heads = [block.text for block in blocks if isinstance(block, Heading) and "严重度" in block.text]
    chosen = evaluation.flags.level.isin(["flag", "watch"])
    assert len(heads) == chosen.sum()
    worst = str(evaluation.flags.severity[chosen].sort_values(ascending=False, kind="stable").index[0])
    assert worst in heads[0]
    table = next(block for block in blocks if isinstance(block, Table))
    lit = [sign for sign in say_signs(evaluation, worst, "zh") if sign.on]
    assert table.rows[: len(lit)] == tuple((sign.name, sign.reason, sign.clears) for sign in lit)
    assert table.rows[len(lit)][1] == say_also(evaluation, worst, "zh")
    assert all(sign.clears for sign in lit)


def test_projects_that_cannot_be_judged_stand_with_the_facts_they_lack(county):
    blocks = build_flagged(county, "en")
    table = [block for block in blocks if isinstance(block, Table)][-1]
    assert len(table.rows) == (county.evaluation.flags.level == "cannot_judge").sum()
    assert all(row[1] for row in table.rows)


def test_the_severity_printed_is_the_screens(county):
    project = str(county.evaluation.flags.severity.idxmax())
    heading = tabulate_flag(county.evaluation, project, "en")[0]
    assert f"severity {county.evaluation.flags.severity[project]:.0f}" in heading.text


def test_a_long_list_prints_its_most_severe_and_says_so(county, monkeypatch):
    monkeypatch.setattr("evaluator.report.sections.flagged.FLAGGED", 2)
    blocks = build_flagged(county, "en")
    assert sum(isinstance(block, Heading) and "severity" in block.text for block in blocks) == 2
    assert any("first 2 of" in getattr(block, "text", "") for block in blocks)


def test_an_empty_list_has_none(nothing):
    assert build_flagged(nothing, "en") == ()
