"""The command line as a person meets it: exit codes, streams, files, languages, nothing half-written, no traceback."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from evaluator.__main__ import main

ROOT = Path(__file__).parents[1]
CSV = """项目编号,项目名称,县,乡镇,产业,总投资(万元),年净收益(万元),持续受益年限,带动户数
A1,青岭花椒基地,昭觉县,甲乡,花椒,60,25,1,80
A2,石坝花椒种植,昭觉县,甲乡,花椒,80,10,8,40
A3,云顶苦荞加工厂,昭觉县,乙镇,苦荞加工,300,70,10,200
"""


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "名录.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def run(capsys, *words):
    """Exit code, standard output, standard error."""
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


def test_check_says_what_was_understood(capsys, listed):
    code, out, _ = run(capsys, "check", listed, "--language", "zh")
    assert code == 0
    assert "项目：3个（产业3个）" in out
    assert "440万元" in out


def test_check_json_is_json(capsys, listed):
    code, out, _ = run(capsys, "check", listed, "--json")
    assert code == 0
    checked = json.loads(out)
    assert checked["rows"] == 3
    assert checked["total_yuan"] == 4_400_000
    assert [p["project_id"] for p in checked["projects"]] == ["A1", "A2", "A3"]


def test_score_prints_a_table_and_warns_on_standard_error(capsys, listed):
    code, out, err = run(capsys, "score", listed)
    assert code == 0
    assert "云顶苦荞加工厂" in out
    assert "No register" in err
    assert "No register" not in out


def test_score_json_keeps_list_order_and_says_changed_settings(capsys, listed):
    code, out, _ = run(capsys, "score", listed, "--json", "--weights", "4,3,2,1", "--as-of", "2025-06-30", "--top", "2")
    assert code == 0
    scored = json.loads(out)
    assert [p["project_id"] for p in scored["projects"]] == ["A1", "A2", "A3"]
    assert scored["weights"] == {"demand": 0.4, "homogeneity": 0.3, "payback": 0.2, "advantage": 0.1}
    assert {d["key"] for d in scored["settings_differences"]} == {f"weights.{n}" for n in scored["weights"]}
    assert scored["as_of"] == "2025-06-30"
    assert scored["top"] == 2


@pytest.mark.slow
def test_several_files_are_one_list_and_a_register_changes_the_rivals(capsys, listed, tmp_path):
    more = tmp_path / "more.csv"
    more.write_text(CSV.replace("A1", "B1").replace("A2", "B2").replace("A3", "B3"), encoding="utf-8")
    _, out, _ = run(capsys, "score", listed, more, "--json")
    assert [p["project_id"] for p in json.loads(out)["projects"]] == ["A1", "A2", "A3", "B1", "B2", "B3"]
    _, out, err = run(capsys, "score", listed, "--register", more, "--json")
    scored = json.loads(out)
    assert scored["rivals"] == "register"
    assert scored["projects"][0]["homogeneity"]["h_with_round"] is not None
    assert "No register" not in err


@pytest.mark.parametrize("suffix", ["csv", "json", "xlsx", "parquet"])
def test_results_in_every_format(capsys, listed, tmp_path, suffix):
    out = tmp_path / f"结果.{suffix}"
    code, printed, err = run(capsys, "score", listed, "-o", out)
    assert code == 0
    assert printed == ""
    assert f"结果.{suffix}" in err
    readers = {
        "csv": pd.read_csv,
        "xlsx": lambda path: pd.read_excel(path, sheet_name="Results", engine="openpyxl"),
        "parquet": pd.read_parquet,
    }
    if suffix == "json":
        ids = [p["project_id"] for p in json.loads(out.read_text("utf-8"))["projects"]]
    else:
        ids = readers[suffix](out)["project_id"].tolist()
    assert ids == ["A1", "A2", "A3"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["名录.csv", out.name])


def test_settings_file(capsys, listed, tmp_path):
    rules = tmp_path / "rules.toml"
    rules.write_text("[weights]\npayback = 3\n", encoding="utf-8")
    _, out, _ = run(capsys, "score", listed, "--settings", rules, "--json")
    assert json.loads(out)["weights"]["payback"] == 0.8


def test_side_tables_are_read_and_count(capsys, tmp_path):
    listed, markets = tmp_path / "list.csv", tmp_path / "markets.csv"
    listed.write_text(
        "项目名称,县,产业,总投资(万元),年产量,产量单位\n青岭花椒基地,昭觉县,花椒,60,100,吨\n", encoding="utf-8"
    )
    markets.write_text("市场名称,产品,年需求量,单位,到513431分钟\n甲市场,花椒,200,吨,60\n", encoding="utf-8")
    code, out, err = run(capsys, "score", listed, "--markets", markets, "--json")
    assert code == 0
    assert "No table of markets" not in err
    assert json.loads(out)["projects"][0]["demand"]["parts"]["coverage"]["input"] == pytest.approx(2.0)


def test_a_side_table_that_is_none_ends_with_2(capsys, listed, tmp_path):
    code, _, err = run(capsys, "score", listed, "--prices", listed)
    assert code == 2
    assert "Traceback" not in err


def test_template_is_read_back(capsys, tmp_path):
    out = tmp_path / "form.xlsx"
    code, _, _ = run(capsys, "template", "-o", out, "--language", "zh")
    assert code == 0
    assert openpyxl.load_workbook(out).worksheets[0].max_row == 1


@pytest.mark.parametrize("order", ["payback,demand", "payback > demand", "payback＞demand"])
def test_an_order_of_weights_limits_what_is_varied(capsys, listed, order):
    code, out, _ = run(capsys, "score", listed, "--json", "--weight-order", order)
    assert code == 0
    said = json.loads(out)
    assert said["ranking"]["weights"]["order"] == [["payback"], ["demand"]]
    assert said["ranking"]["weights"]["bounds"]["demand"][1] == 0.5
    assert said["weights"]["demand"] == 0.25, "an order is a constraint, not another set of weights"


FAULTS = [
    (["score", "missing.csv"], "missing.csv"),
    (["check", "."], "folder"),
    (["score", "名录.csv", "-o", "no/such/out.csv"], "does not exist"),
    (["score", "名录.csv", "-o", "out.pdf"], ".pdf"),
    (["score", "名录.csv", "-o", "out"], ".csv"),
    (["score", "名录.csv", "--as-of", "2025-02-30"], "YYYY-MM-DD"),
    (["score", "名录.csv", "--weights", "0,0,0,0"], "weights"),
    (["score", "名录.csv", "--weight-order", "demand > subsidy"], "weights.order"),
    (["score", "名录.csv", "--top", "0"], "--top"),
    (["score", "名录.csv", "--settings", "bad.toml"], "demand.no_such"),
    (["score", "名录.csv", "--settings", "missing.toml"], "missing.toml"),
    (["score", "名录.csv", "--markets", "missing.csv"], "missing.csv"),
    (["score", "名录.csv", "--register", "missing.csv"], "missing.csv"),
    (["check", "photo.csv"], "PNG"),
    (["template", "-o", "form.csv"], ".xlsx"),
]


@pytest.fixture
def folder(tmp_path, listed, monkeypatch):
    """A folder with a list, a wrong rule book and a picture named as a list."""
    (tmp_path / "bad.toml").write_text("[demand]\nno_such = 1\n")
    (tmp_path / "photo.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "said"), FAULTS, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_what_cannot_be_used_is_said_and_ends_with_2(capsys, folder, words, said):
    before = sorted(path.name for path in folder.iterdir())
    code, out, err = run(capsys, *words)
    assert code == 2
    assert out == ""
    assert said in err
    assert "Traceback" not in err
    assert sorted(path.name for path in folder.iterdir()) == before


def test_faults_are_said_in_chinese(capsys, tmp_path):
    code, _, err = run(capsys, "score", tmp_path / "无.csv", "--language", "zh")
    assert code == 2
    assert "没有文件" in err


def test_unknown_options_end_with_2(capsys, listed):
    with pytest.raises(SystemExit) as ended:
        main(["check", str(listed), "--no-such-option"])
    assert ended.value.code == 2
    assert "--no-such-option" in capsys.readouterr().err


def python(*words, **options):
    """A fresh interpreter in the repository, with its streams."""
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "", **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, *map(str, words)],
        capture_output=True,
        cwd=ROOT,
        env=environment,
        timeout=60,
        check=False,
        **options,
    )


@pytest.mark.slow
def test_output_is_utf8_on_a_c_locale(listed):
    done = python("-m", "evaluator", "check", listed, "--language", "zh", env={"PYTHONCOERCECLOCALE": "0"})
    assert done.returncode == 0, done.stderr
    assert "项目：3个" in done.stdout.decode("utf-8")


@pytest.mark.slow
def test_a_reader_that_leaves_early_is_no_fault(listed):
    command = [sys.executable, "-m", "evaluator", "check", str(listed), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        process.stdout.close()
        err = process.stderr.read()
        assert process.wait(60) == 0
    assert err == b""


@pytest.mark.slow
def test_scoring_loads_neither_screens_nor_statistics(listed):
    code = (
        "import sys\nfrom evaluator.__main__ import main\nmain(['score', sys.argv[1]])\n"
        "print(sorted({'streamlit', 'altair', 'statsmodels', 'xlsxwriter'} & set(sys.modules)), file=sys.stderr)"
    )
    assert python("-c", code, listed).stderr.decode().strip().endswith("[]")


def test_help_loads_no_table_library():
    code = (
        "import sys\nfrom evaluator.__main__ import main\n"
        "try:\n    main(['score', '--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'pandas', 'numpy', 'scipy'} & set(sys.modules)))"
    )
    assert python("-c", code).stdout.decode().strip().endswith("[]")


def test_progress_is_said_when_work_takes_long(capsys, listed, monkeypatch):
    monkeypatch.setattr("evaluator.__main__.PROGRESS_SECONDS", 0.0)
    _, _, err = run(capsys, "score", listed)
    assert "Scoring 3 projects" in err


def test_streams_without_encoding_are_left_alone(listed, monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr("sys.stdout", stream)
    assert main(["check", str(listed)]) == 0
    assert "青岭花椒基地" not in stream.getvalue()
    assert "Projects: 3" in stream.getvalue()


FLOWS = "项目编号,第0年,第1年,第2年\nA1,-100,230,-132\nA2,-100,60,60\n"


def test_appraise_prints_writes_and_refuses(capsys, tmp_path):
    flows = tmp_path / "流量.csv"
    flows.write_text(FLOWS, encoding="utf-8")
    code, out, _ = run(capsys, "appraise", flows, "--language", "zh")
    assert code == 0
    assert "不唯一" in out
    code, out, _ = run(capsys, "appraise", flows, "--json", "--rate", "10%", "--first-period", "1")
    assert code == 0
    second = json.loads(out)["projects"][1]["project"]
    assert second["npv_yuan"] == second["npv_spreadsheet_yuan"] == pytest.approx((-100 + 60 / 1.1 + 60 / 1.21) / 1.1)
    for suffix in ("csv", "json", "xlsx", "parquet"):
        assert run(capsys, "appraise", flows, "-o", tmp_path / f"out.{suffix}")[0] == 0
        assert (tmp_path / f"out.{suffix}").stat().st_size
    for words in (["--rate", "-1"], ["--rate", "x"], ["-o", tmp_path / "out.pdf"]):
        code, _, err = run(capsys, "appraise", flows, *words)
        assert code == 2
        assert "Traceback" not in err
    flows.write_text("项目编号,期次,支出\nA1,0,x\n", encoding="utf-8")
    code, _, err = run(capsys, "appraise", flows, "--language", "zh")
    assert code == 2
    assert "x" in err
    assert run(capsys, "appraise", tmp_path / "none.csv")[0] == 2


def test_score_takes_flows(capsys, listed, tmp_path):
    flows = tmp_path / "flows.csv"
    flows.write_text("项目编号,第0年,第1年,第2年\nA1,-600000,400000,400000\n", encoding="utf-8")
    code, out, _ = run(capsys, "score", listed, "--flows", flows, "--json")
    assert code == 0
    projects = json.loads(out)["projects"]
    assert [project["payback"]["from_flows"] for project in projects] == [True, False, False]
    assert projects[0]["payback"]["payback_years"] == 1.5


@pytest.mark.slow
def test_balance_prints_writes_and_sets_a_second_list_beside(tmp_path, capsys):
    county = ROOT / "sample_projects" / "county"
    command = ["balance", str(county / "projects.xlsx"), "--places", str(county / "places.csv")]
    assert main([*command, "--language", "zh"]) == 0
    assert "有效项目类型数" in capsys.readouterr().out
    out = tmp_path / "balance.xlsx"
    assert main([*command, "--against", str(county / "projects.xlsx"), "--json", "-o", str(out)]) == 0
    read = json.loads(capsys.readouterr().out)
    assert read["comparison"]["measures"][0] == {"measure": "amount", "a": 94890000.0, "b": 94890000.0, "change": 0.0}
    assert read["townships"]["county_line"] == pytest.approx(94890000 / 6810)
    assert out.stat().st_size > 0


@pytest.mark.slow
def test_a_bundle_scores_as_it_was_saved_unless_told_otherwise(capsys, case, tmp_path):
    from evaluator.report.bundle import write_bundle

    path = tmp_path / "保存.xlsx"
    path.write_bytes(write_bundle(case, "zh"))
    code, out, err = run(capsys, "score", path, "--json")
    assert code == 0
    assert "2025-06-30" in err
    scored = json.loads(out)
    assert (scored["as_of"], len(scored["projects"])) == ("2025-06-30", len(case.projects))
    assert {"weights.demand", "payback.rate"} <= {found["key"] for found in scored["settings_differences"]}
    assert {project["rivals"] for project in scored["projects"] if project["scored"]} == {"register"}
    _, other, _ = run(capsys, "score", path, "--json", "--as-of", "2025-07-01", "--weights", "1,1,1,1")
    assert json.loads(other)["as_of"] == "2025-07-01"
    assert json.loads(other)["fingerprint"] != scored["fingerprint"]


@pytest.mark.slow
def test_choose_prints_writes_and_sets_a_second_choice_beside(tmp_path, capsys):
    county = ROOT / "sample_projects" / "county"
    rules, out = tmp_path / "rules.toml", tmp_path / "choice.json"
    rules.write_text('[[limit]]\nname = "每乡上限"\neach = "township"\nat_most = 3000000\n', encoding="utf-8")
    command = ["choose", str(county / "projects.xlsx"), "--register", str(county / "register.csv"), "--rules", rules]
    code, said, _ = run(capsys, *command, "--budget", "800万", "--frontier", "--language", "zh")
    assert code == 0 and "每乡上限" in said and "价值与风险" in said and "临界" in said
    code, said, _ = run(capsys, *command, "--budget", "8,000,000", "--against-budget", "10 million")
    assert code == 0 and "From A to B" in said
    code, said, error = run(capsys, *command, "--budget", "8e6", "-o", out, "--json")
    assert code == 0 and json.loads(said) == json.loads(out.read_text("utf-8")) and "Wrote" in error
    assert json.loads(said)["funds_yuan"] <= 8e6


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("0", ""), "no amount to spend"),
        (("-5", ""), "no amount to spend"),
        (("many", ""), "500万"),
        ((None, ""), "--budget"),
        (("100", '[fixed]\nin = ["B7"]'), "“B7”"),
        (("100", "[[limit"), "TOML"),
    ],
)
def test_a_budget_or_rules_that_cannot_be_used_are_said(capsys, listed, tmp_path, given, said):
    budget, rules = given
    path, out = tmp_path / "rules.toml", tmp_path / "choice.xlsx"
    path.write_text(rules, encoding="utf-8")
    words = [] if budget is None else [f"--budget={budget}"]
    code, printed, error = run(capsys, "choose", listed, *words, "--rules", path, "-o", out)
    assert code == 2 and said in error and not printed and not out.exists()


def test_rules_that_no_portfolio_satisfies_are_an_answer(capsys, listed, tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text('[fixed]\nin = ["A3"]\n', encoding="utf-8")
    code, said, _ = run(capsys, "choose", listed, "--budget", "200万", "--rules", path)
    assert code == 0 and "2 million yuan → 3 million yuan" in said


@pytest.mark.slow
def test_the_form_of_a_rules_file_is_written(capsys, listed, tmp_path):
    form = tmp_path / "rules.toml"
    code, _, error = run(capsys, "template", "--table", "rules", "-o", form, "--language", "zh")
    assert code == 0 and "rules.toml" in error
    code, _, error = run(capsys, "choose", listed, "--budget", "500万", "--rules", form)
    assert code == 0
    code, _, error = run(capsys, "template", "--table", "rules", "-o", tmp_path / "rules.xlsx")
    assert code == 2 and ".toml" in error
