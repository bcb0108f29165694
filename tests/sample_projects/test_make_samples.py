import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from evaluator.domain.fields import FIELDS
from evaluator.evaluation import evaluate
from evaluator.intake.read import read_portfolio
from evaluator.reference.lexicon import products
from evaluator.reference.places import adjacent, townships
from sample_projects import county, households
from sample_projects.make_samples import files, main
from sample_projects.proposals import EMPLOYMENT, INDUSTRY, OTHER, PROPOSALS, TOWNSHIPS

SAMPLES = Path(__file__).parents[2] / "sample_projects"


def table(name):
    with (SAMPLES / "county" / name).open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def test_files_are_made_anew_byte_for_byte(tmp_path):
    main(tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert made
    for name, data in made.items():
        assert (SAMPLES / name).read_bytes() == data, name


def test_no_sample_is_left_behind():
    kept = {str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*") if path.suffix in {".csv", ".xlsx"}}
    assert kept == {name for name, _ in files()}


def test_every_field_of_the_form_appears_somewhere():
    english = next(csv.reader(StringIO(dict(files())["county/projects_en.csv"].decode("utf-8-sig"))))
    assert set(FIELDS) - set(english) - set(county.REGISTER) == set()


def test_the_list_holds_every_kind_of_project():
    kinds = [row["kind"] for row in PROPOSALS]
    assert min(kinds.count(kind) for kind in (INDUSTRY, EMPLOYMENT, OTHER)) >= 5
    assert (
        {row["township"] for row in PROPOSALS}
        <= set(TOWNSHIPS)
        == set(TOWNSHIPS) & set(townships(county.HOST).values())
    )
    assert {row["product"] for row in PROPOSALS if "product" in row} <= set(products())
    assert len([row for row in PROPOSALS if row.get("joint_venture_id")]) == 5


def test_the_register_crosses_the_prefecture_line():
    codes = {row["place_code"] for row in table("register.csv")}
    assert codes == {county.HOST, *adjacent(county.HOST)}
    assert {code[:4] for code in codes} > {"5134"}
    assert 280 <= len(table("register.csv")) <= 320


def test_prices_run_over_ten_years():
    rows = table("prices.csv")
    for product in {row["product"] for row in rows}:
        assert len({row["year"] for row in rows if row["product"] == product}) == 10


def test_flows_start_with_the_investment_and_end_with_the_benefit():
    rows = table("flows.csv")
    assert {row["project_id"] for row in rows if row["period"] == "0" and float(row["costs"]) > 0} == {
        row["project_id"] for row in rows
    }
    chicks = [row for row in rows if row["project_id"] == "MG2025-008"]
    assert [float(row["benefits"]) for row in chicks] == [0, 1_440_000]
    assert [float(row["costs"]) for row in chicks] == [1_200_000, 1_080_000]
    walnut = [row for row in rows if row["project_id"] == "MG2025-019"]
    assert [float(row["benefits"]) > 0 for row in walnut].index(True) == 6


@pytest.mark.parametrize("name", ["projects.xlsx", "projects.csv"])
def test_the_published_list_is_read_with_its_printed_total(name):
    portfolio = read_portfolio(SAMPLES / "county" / name)
    assert len(portfolio) == len(PROPOSALS)
    assert (
        portfolio.control_total
        == portfolio.total
        == pytest.approx(sum(row["investment_wan"] for row in PROPOSALS) * 1e4)
    )
    assert portfolio.place_code == county.HOST
    assert not [issue for issue in portfolio.issues if issue.severity == "error"]


def test_the_english_twin_says_the_same():
    chinese, english = (
        read_portfolio(SAMPLES / "county" / name).frame for name in ("projects.xlsx", "projects_en.csv")
    )
    for key in (
        "investment_yuan",
        "signed_offtake_share",
        "benefit_years",
        "yearly_benefit_yuan_low",
        "wage_yuan_month",
        "lon",
    ):
        stated = chinese[key].notna() & english[key].notna()
        assert stated.any()
        assert (chinese[key][stated] - english[key][stated]).abs().max() < 1e-6
    assert list(chinese["product"]) == list(english["product"])
    assert list(chinese["kind"]) == list(english["kind"])


@pytest.fixture(scope="module")
def panel():
    return table("panel.csv")


def test_panel_has_the_stated_size_and_one_start_a_village(panel):
    starts = {row["cluster_id"]: row["first_year"] for row in panel}
    assert len(starts) == households.VILLAGES
    assert all(row["first_year"] == starts[row["cluster_id"]] for row in panel)
    assert sum(start == "" for start in starts.values()) == households.VILLAGES // 4
    assert len({row["unit_id"] for row in panel}) == households.VILLAGES * households.HOUSEHOLDS
    assert len({(row["unit_id"], row["year"]) for row in panel}) == len(panel)


def test_panel_truth_is_the_stated_process(panel):
    truth = table("panel_truth.csv")
    for kind, path in households.EFFECTS.items():
        rows = [row for row in truth if row["kind"] == kind]
        assert [float(row["effect"]) for row in rows] == [*path, path[-1]]
    treated = [row for row in panel if row["first_year"] and int(row["year"]) >= int(row["first_year"])]
    assert sum(int(row["household_years"]) for row in truth) == len(treated)


def test_true_effects_begin_at_the_start_and_shrink_with_the_cohort():
    early, late = households.Village(0, 9.0, 3, "short"), households.Village(1, 9.0, 7, "short")
    assert households.effect(early, 2) == 0
    assert households.effect(early, 3) == pytest.approx(1.2 * 0.12)
    assert households.effect(late, 7) == pytest.approx(0.8 * 0.12)
    assert households.effect(households.Village(2, 9.0, 0, ""), 5) == 0


def test_every_flag_level_occurs_at_the_first_visit():
    projects, register = (read_portfolio(SAMPLES / "county" / name) for name in ("projects.xlsx", "register.csv"))
    result = evaluate(projects, register=register, as_of=date(2025, 1, 1))
    assert set(result.flags.level) == {"none", "watch", "flag", "cannot_judge"}
    assert result.flags.level["MG2025-001"] == "none"
    assert result.flags.level["MG2025-008"] == "flag"
