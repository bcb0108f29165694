"""One call from a list to the projects to fund."""

from dataclasses import replace
from pathlib import Path

import pytest

import evaluator as ev
from evaluator.selection import name_clusters

COUNTY = Path(__file__).parents[1] / "sample_projects" / "county"
RULES = """
[[limit]]
name = "employment"
where = {kind = "employment"}
measure = "projects"
at_least = 2
"""


@pytest.fixture(scope="module")
def evaluation():
    read = ev.read_portfolio
    return ev.evaluate(read(COUNTY / "projects.xlsx"), register=read(COUNTY / "register.csv"))


@pytest.fixture(scope="module")
def selection(evaluation):
    return ev.choose(evaluation, budget_yuan=8e6, rules=RULES)


def test_the_answer_is_whole(evaluation, selection):
    assert selection.choice.status == "optimal" and selection.choice.gap <= 1e-3
    assert selection.choice.funds <= 8e6
    assert set(selection.core.place) == set(selection.problem.candidates.ids)
    assert {one.habit for one in selection.baselines} == {"ratio", "rank", "listed"}
    assert selection.price.value >= selection.choice.value * (1 - 1e-9)
    known = set(selection.problem.candidates.ids) | set(selection.problem.candidates.apart)
    assert known == set(evaluation.portfolio.frame.index)


def test_a_list_and_its_evaluation_give_the_same_choice(evaluation, selection):
    again = ev.choose(
        evaluation.portfolio, register=evaluation.register, budget_yuan=8e6, rules=RULES, core=False, prices=False
    )
    assert again.shares == selection.shares and again.fingerprint == selection.fingerprint
    assert again.core is None and again.price is None and not again.rule_prices


def test_tables_beside_an_evaluation_are_refused(evaluation):
    with pytest.raises(TypeError, match="register"):
        ev.choose(evaluation, budget_yuan=8e6, register=evaluation.register)


def test_rules_are_read_from_a_file_whose_name_stands_in_its_faults(evaluation, tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text("\ufeff" + RULES + "budget_yuan = 1\n", encoding="utf-8")
    with pytest.raises(ev.TableError) as told:
        ev.choose(evaluation, rules=path)
    assert {issue.sheet for issue in told.value.issues if issue.code.startswith("E_RULES")} == {"rules.toml"}
    path.write_bytes("budget_yuan = 1 # 预算".encode("gbk"))
    with pytest.raises(ev.TableError) as told:
        ev.choose(evaluation, rules=path)
    assert [issue.code for issue in told.value.issues] == ["E_RULES_ENCODING"]


def test_clusters_are_given_to_rules_that_name_them(evaluation):
    clusters = name_clusters(evaluation)
    found = ev.choose(
        evaluation,
        budget_yuan=2e7,
        core=False,
        rules='[[limit]]\neach = "cluster"\nmeasure = "projects"\nat_most = 1\n',
    )
    held = [clusters[project] for project in found.chosen if project in clusters]
    assert held and len(set(held)) == len(held)


def test_only_the_choice_of_other_settings_is_read(evaluation):
    s = evaluation.settings
    other = replace(s, choice=replace(s.choice, value="households"), score=replace(s.score, grade_c=1.0))
    found = ev.choose(evaluation, budget_yuan=8e6, settings=other, core=False)
    assert found.problem.settings.choice.value == "households"
    assert found.problem.settings.score == s.score


def test_the_fingerprint_knows_budget_and_rules(evaluation, selection):
    others = [
        ev.choose(evaluation, core=False, prices=False, **given)
        for given in ({"budget_yuan": 8e6}, {"budget_yuan": 7e6, "rules": RULES})
    ]
    assert len({selection.fingerprint, *(one.fingerprint for one in others)}) == 3


def test_the_balance_counts_the_funded_part(evaluation):
    rules = '[[partial]]\nwhere = {kind = "industry"}\nleast_share = 0.2\n'
    found = ev.choose(evaluation, budget_yuan=8e6, rules=rules, core=False)
    assert min(found.shares.values()) < 1
    assert found.balance().measures["amount"] == pytest.approx(found.choice.funds)


def test_two_selections_side_by_side(evaluation, selection):
    richer = ev.choose(evaluation, budget_yuan=1.2e7, core=False)
    found = selection.against(richer)
    assert found.value == pytest.approx(richer.choice.value - selection.choice.value)
    assert found.funds == pytest.approx(richer.choice.funds - selection.choice.funds)


def test_sliders_and_frontiers_are_at_hand(selection):
    for shares in (selection.slide_weights([1, 0, 0, 0]), selection.slide_budget(4e6)):
        assert ((shares >= -1e-9) & (shares <= 1 + 1e-9)).all()
    assert selection.frontier("flagged")[0].choice.value == pytest.approx(selection.choice.value)
