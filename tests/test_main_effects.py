"""``evaluator effects`` as a person meets it: a page, JSON with stable keys, files, refusals in plain words."""

import json

import pandas as pd
import pytest

from evaluator import __main__ as command
from evaluator.__main__ import main
from tests.income.made import world_frame
from tests.intake.made_panel import make_panel

KEYS = {
    *("method", "estimand", "n_units", "n_clusters", "n_rows", "years", "by_year", "overall", "contrasts"),
    *("pretrend", "sensitivity", "cautions", "projection"),
}


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    path = tmp_path_factory.mktemp("panel") / "农户收入.csv"
    frame = world_frame(16).rename(columns={"outcome": "lemp"})
    frame.to_csv(path, index=False)
    return path


def run(capsys, *words):
    code = main([str(word) for word in ("effects", *words)])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_json_has_the_stable_keys(capsys, panel):
    code, out, _ = run(capsys, panel, "--column", "outcome=lemp", "--quick", "--json")
    told = json.loads(out)
    assert code == 0
    assert set(told) >= KEYS
    assert {"year_since_start", "estimate", "se", "low", "high", "units", "clusters"} <= set(told["by_year"][0])
    assert {"name", "estimate", "se", "low", "high", "p"} <= set(told["contrasts"][0])
    assert {"p", "joint_stat", "df"} <= set(told["pretrend"])
    assert all(": " in one for one in told["cautions"])


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["csv", "json", "xlsx", "parquet"])
def test_files_are_written_whole(capsys, panel, tmp_path, suffix):
    out = tmp_path / f"效果.{suffix}"
    code, printed, err = run(capsys, panel, "--column", "outcome=lemp", "--quick", "-o", out, "--language", "zh")
    assert (code, printed) == (0, "")
    assert "户的增收效果" in err
    assert out.stat().st_size > 500
    assert [one.name for one in tmp_path.iterdir()] == [out.name]


def test_the_page_is_chinese_when_asked_for(capsys, panel):
    code, out, _ = run(capsys, panel, "--column", "outcome=lemp", "--quick", "--language", "zh")
    assert code == 0
    assert "开始后" in out
    assert "households" not in out


BARE = {
    "one_village": lambda f: f[f["cluster_id"] == "石桥"],
    "one_year": lambda f: f[f["year"] == 2018],
    "no_comparison": lambda f: f[f["first_year"] == 2017],
    "no_starts": lambda f: f[f["first_year"] == 0],
    "no_before": lambda f: f.assign(first_year=f["first_year"].where(f["first_year"] == 0, 2012)),
    "few_treated": lambda f: f,
}


@pytest.mark.slow
@pytest.mark.parametrize("code", BARE)
def test_a_panel_that_carries_no_estimate_says_why_and_gives_no_number(capsys, tmp_path, code):
    path = tmp_path / "p.parquet"
    BARE[code](make_panel()).to_parquet(path)
    ended, out, _ = run(capsys, path, "--json")
    told = json.loads(out)
    assert ended == 0
    assert told["refusals"][0].startswith(f"{code}: ")
    assert told["overall"]["estimate"] is None
    assert told["by_year"] == told["contrasts"] == []
    ended, page, _ = run(capsys, path, "--language", "zh")
    assert (ended, "nan" in page) == (0, False)


def test_what_cannot_be_read_ends_with_two_and_one_message(capsys, tmp_path):
    make_panel().drop(columns="first_year").to_csv(tmp_path / "no_start.csv", index=False)
    make_panel().assign(outcome="good").to_csv(tmp_path / "text.csv", index=False)
    (tmp_path / "empty.csv").write_bytes(b"")
    for name in ("no_start.csv", "text.csv", "empty.csv", "none.csv", "."):
        code, out, err = run(capsys, tmp_path / name)
        assert (code, out) == (2, "")
        assert err.strip()
        assert "Traceback" not in err


def test_an_option_that_means_nothing_is_refused(capsys, panel):
    assert run(capsys, panel, "--column", "lemp")[0] == 2
    assert run(capsys, panel, "--column", "outcome=nothing")[0] == 2
    assert run(capsys, panel, "-o", "out.doc")[0] == 2


@pytest.mark.slow
def test_a_list_of_projects_gives_traits(capsys, tmp_path):
    panel = make_panel().assign(project_id=lambda f: f["project_id"].astype(object))
    panel.to_csv(tmp_path / "p.csv", index=False)
    listed = {
        "项目编号": ["X1", "X3"],
        "项目名称": ["柑橘种植", "扶贫车间"],
        "建设内容": ["种植柑橘100亩", "吸纳就业30人"],
        "投资": [10, 20],
    }
    pd.DataFrame(listed).to_csv(tmp_path / "list.csv", index=False)
    code, printed, err = run(capsys, tmp_path / "p.csv", "--projects", tmp_path / "list.csv", "--json")
    assert code == 0
    assert "2 projects of the panel are not in the list" in err
    assert json.loads(printed)["projection"] == []


def test_stages_of_long_work_are_told_on_standard_error(capsys, panel, monkeypatch):
    monkeypatch.setattr(command, "PROGRESS_SECONDS", 0.0)
    assert "Estimating effects" in run(capsys, panel, "--column", "outcome=lemp", "--quick", "--json")[2]
