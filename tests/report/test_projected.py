from dataclasses import replace

import numpy as np
import pytest

from evaluator.income.projected import Projection
from evaluator.income.results import Caution
from evaluator.language import LANGUAGES
from evaluator.report.export import write_json
from evaluator.report.projected import (
    describe_projected,
    fan_rows,
    fan_unit,
    say_bands,
    say_projected,
    say_projection,
    tabulate_backtest,
    tabulate_projected,
    tabulate_projection,
)
from tests.income.made_projection import made_projection


@pytest.fixture(scope="module")
def found():
    return made_projection()


@pytest.fixture(scope="module")
def short(found):
    """A proposal seen to year 3 only."""
    one = found.of("N001")
    kept = one.years <= 3
    ends = {name: dict(getattr(one, name)) for name in ("low", "high")}
    for end in ends.values():
        end[50], end[80] = np.where(kept, end[50], np.nan), np.where(kept, end[80], np.nan)
    cautions = (*one.cautions, Caution("late_years_unseen", {"seen": 3, "first": 4, "last": 7}))
    return replace(
        one,
        mean=np.where(kept, one.mean, np.nan),
        supported_to=3,
        late=None,
        p_nonpositive=np.nan,
        cautions=cautions,
        **ends,
    )


def test_json_has_the_promised_keys_and_no_endless_number(found):
    told = describe_projected(found)
    assert len(told) == len(found.projects)
    keys = {"project_id", "status", "by_year", "p_nonpositive_years_4_7", "inside_hull", "supported_to", "cautions"}
    assert all(keys <= set(one) for one in told)
    one = next(record for record in told if record["project_id"] == "N003")
    assert one["status"] == "proposed"
    assert one["inside_hull"] is False
    assert one["cautions"][0].startswith("outside_hull: Its traits")
    assert {"year_since_start", "mean", "low_50", "high_90", "bound_only", "cohorts"} <= set(one["by_year"][0])
    assert b"NaN" not in write_json({"projection": told})
    assert "尚" not in str(told)
    assert "超出" in str(describe_projected(found, "zh"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_is_said_with_range_and_chance(found, language):
    lines = say_projected(found.of("N000"), "log", language)
    assert lines[0].startswith("7 years after" if language == "en" else "开工7年后")
    assert lines[1].startswith("1 year after" if language == "en" else "开工1年后")
    assert "%" in lines[0]
    assert any("4–7" in line or "4—7" in line for line in lines)
    assert not any("{" in line or "nan" in line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_years_that_nobody_has_seen_get_a_bound_and_no_chance(short, language):
    lines = say_projected(short, "log", language)
    text = " ".join(lines)
    assert ("at most from" if language == "en" else "最多只能说") in text
    assert ("cannot be said" if language == "en" else "无法判断") in text
    table = tabulate_projected(short, "log", language)
    assert table.iloc[7, 1] == "–"
    assert table.iloc[7, 2] == "–"
    assert table.iloc[7, 4] != "–"


def test_withheld_projects_show_no_number(found):
    blank = np.full(len(found.projects[0].years), np.nan)
    one = replace(found.projects[0], mean=blank, cautions=(Caution("project_withheld", {"needed": 10}),))
    assert say_projected(one, "log", "en") == [
        "Fewer than 10 households stand behind this project: its numbers are withheld."
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_of_one_and_of_all(found, language):
    running = tabulate_projected(found.of("P0000"), "log", language)
    proposed = tabulate_projected(found.of("N000"), "log", language)
    assert running.shape == (10, 7)
    assert proposed.shape == (10, 6)
    whole = tabulate_projection(found, language)
    assert len(whole) == len(found.projects)
    assert len(tabulate_projection(found, language, most=3)) == 3
    assert whole.iloc[-1, 4] == "9"
    past = tabulate_backtest(found.backtest.late, "log", language)
    assert len(past) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_projection_stands_on_is_said(found, language):
    lines = say_projection(found, language)
    assert len(lines) == 3
    assert "2, 4, 7" in lines[1] or "2、4、7" in lines[1]
    assert str(found.backtest.late.count) in lines[2]
    plain = replace(found, traits=(), backtest=None, cautions=(Caution("projection_without_traits"),))
    assert len(say_projection(plain, language)) == 4
    refused = Projection(refusal=Caution("projection_few_projects", {"found": 2, "needed": 6}))
    assert "6" in say_projection(refused, language)[0]
    why = Caution("projection_no_effects", {"why": "one_village", "found": 1, "needed": 5})
    assert "1" in say_projection(Projection(refusal=why), language)[0]


def test_the_fan_stands_in_the_unit_of_people(found):
    one = found.of("N000")
    rows = fan_rows(one, "log", "en")
    assert rows["mean"].tolist() == pytest.approx((100 * np.expm1(one.mean)).tolist())
    assert fan_rows(one, "level", "en")["mean"].tolist() == pytest.approx(one.mean.tolist())
    assert fan_rows(one, "share", "en")["inner_low"].tolist() == pytest.approx((100 * one.low[50]).tolist())
    assert [fan_unit(scale, "en") for scale in ("log", "asinh", "level", "share")] == [
        "%",
        "%",
        "yuan",
        "percentage points",
    ]
    assert len(rows) == len(one.years)
    assert "diamonds" in say_bands(found.of("P0000"), "en")
    assert "diamonds" not in say_bands(one, "en")
