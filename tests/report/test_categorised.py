"""The four categories in words, as a table, JSON and files; always to be confirmed by people."""

import io
import json
from datetime import date

import openpyxl
import pandas as pd
import pytest

import evaluator as ev
from evaluator.__main__ import main
from evaluator.categories import CATEGORIES, ELEMENTS, Category
from evaluator.language import phrase
from evaluator.report import categorised as say

ROWS = pd.DataFrame(
    {
        "项目编号": ["A", "B", "C"],
        "项目名称": ["花椒基地", "=苦荞加工厂", "洋芋种植"],
        "项目类型": ["产业"] * 3,
        "项目状态": ["运行", "闲置", "拟建"],
        "联农带农机制": ["分红", "务工", "务工"],
        "订单比例": [0.9, 0.9, 0.9],
    }
)


@pytest.fixture(scope="module")
def categories():
    return ev.propose_categories(ev.read_portfolio(ROWS), as_of=date(2026, 1, 1))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_table_and_counts(categories, language):
    table = say.tabulate_categories(categories, language)
    assert list(table.index) == ["A", "B"]
    assert not table.isna().any(axis=None)
    text = say.say_categories(categories, language)
    assert {"en": "confirmed by people", "zh": "须由人实地确认"}[language] in text
    assert "537" in text
    assert "{" not in text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("reason", ["all_good", "weak", "not_running", "not_running_no_market", "between", "missing"])
def test_every_reason_is_a_sentence(reason, language):
    decided = (*ELEMENTS, "market")
    proposal = Category("A", "upgrade", reason, decided, dict.fromkeys(decided, "weak"), 50.0, 40.0, 60.0)
    said = say.say_category_reason(proposal, language)
    assert said
    if reason == "weak":
        assert phrase("category.element.market", language) not in said.split({"en": "weak:", "zh": "短板"}[language])[1]
    assert all(say.say_category(category, language) for category in CATEGORIES)


def test_json_is_plain_and_complete(categories):
    described = say.describe_categories(categories)
    json.dumps(described, allow_nan=False)
    assert [project["project_id"] for project in described["projects"]] == ["A", "B"]
    assert set(described["counts"]) == set(CATEGORIES)
    assert set(described["projects"][0]["elements"]) == {*ELEMENTS, "market"}


@pytest.mark.parametrize("suffix", [".csv", ".json", ".xlsx", ".parquet"])
def test_files_read_back(categories, suffix):
    data = say.write_categories(categories, suffix, "zh")
    if suffix == ".xlsx":
        cells = list(openpyxl.load_workbook(io.BytesIO(data)).active.values)
        assert cells[2][1] == "=苦荞加工厂"
    elif suffix == ".csv":
        assert pd.read_csv(io.BytesIO(data)).iloc[1, 1] == "'=苦荞加工厂"
    elif suffix == ".parquet":
        assert len(pd.read_parquet(io.BytesIO(data))) == 2
    else:
        assert len(json.loads(data)["projects"]) == 2


def test_an_empty_register_has_counts_only():
    nothing = ev.propose_categories(ev.read_portfolio(ROWS[ROWS["项目状态"] == "拟建"]), as_of=date(2026, 1, 1))
    assert "left out 1" in say.say_categories(nothing, "en")


def test_the_command_prints_writes_and_speaks_both_languages(tmp_path, capsys):
    listed, out = tmp_path / "名册.csv", tmp_path / "out.csv"
    ROWS.to_csv(listed, index=False, encoding="utf-8-sig")
    assert main(["categories", str(listed), "--as-of", "2026-01-01", "--language", "zh"]) == 0
    assert "盘活" in capsys.readouterr().out
    assert main(["categories", str(listed), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["projects"]) == 2
    assert main(["categories", str(listed), "-o", str(out)]) == 0
    assert out.is_file()
    assert main(["categories", str(tmp_path / "none.csv")]) == 2
