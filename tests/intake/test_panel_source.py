"""A panel is found wherever it is; what is no table says so."""

import io

import narwhals as nw
import pandas as pd
import pytest

from evaluator.domain.errors import TableError
from evaluator.intake import panel_source
from evaluator.intake.guard import Limits
from evaluator.intake.panel import read_panel
from evaluator.intake.panel_source import ROW, open_table
from tests.intake.made_panel import codes, make_panel

FRAME = make_panel()


def opened(source, **given):
    return open_table(source, **({"file_name": None, "mapping": {}} | given))


@pytest.mark.slow
def test_parquet_is_read_where_it_lies_from_file_folder_or_pattern(tmp_path):
    for year, part in FRAME.groupby("year"):
        part.to_parquet(tmp_path / f"incomes_{year}.parquet", index=False)
    FRAME.to_parquet(tmp_path / "whole.parq", index=False)
    for source in (tmp_path, str(tmp_path / "incomes_*.parquet"), tmp_path / "whole.parq"):
        assert isinstance(opened(source).frame, nw.LazyFrame)
        assert read_panel(source).n_rows == len(FRAME)


def test_files_that_hold_other_types_or_columns_are_put_together_by_name(tmp_path):
    frame = FRAME.assign(weight=1.5, outcome=FRAME["outcome"].astype(float))
    early = frame["year"] < frame["year"].median()
    frame[early].drop(columns="weight").astype({"year": "int16"}).to_parquet(tmp_path / "a.parquet", index=False)
    frame[~early].iloc[:, ::-1].to_parquet(tmp_path / "b.parquet", index=False)
    rows = opened(tmp_path).frame.collect().to_pandas()
    assert len(rows) == len(frame)
    assert rows["weight"].isna().sum() == early.sum()
    assert rows["outcome"].sum() == frame["outcome"].sum()
    frame[~early].astype({"year": str}).assign(weight=1.5).to_parquet(tmp_path / "b.parquet", index=False)
    assert read_panel(tmp_path, mapping={"weight": None}).n_rows == len(frame)
    frame[~early].assign(year=[[2000]] * (~early).sum()).to_parquet(tmp_path / "b.parquet", index=False)
    with pytest.raises(TableError) as refused:
        opened(tmp_path)
    assert codes(refused.value.issues) == ["E_PANEL_PARQUET"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_large_text_file_is_read_where_it_lies(separator, tmp_path, monkeypatch):
    monkeypatch.setattr(panel_source, "Limits", lambda: Limits(file_bytes=100))
    frame = FRAME.astype({"outcome": object})
    frame.loc[3, "outcome"] = "many"
    frame.to_csv(tmp_path / "large.csv", index=False, sep=separator, encoding="utf-8-sig")
    panel = read_panel(tmp_path / "large.csv")
    assert isinstance(panel.rows, nw.LazyFrame)
    assert (panel.issues[0].code, panel.issues[0].found, panel.n_rows) == ("E_PANEL_TEXT", "many", len(FRAME) - 1)


@pytest.mark.parametrize("broken", ["县,年\n".encode("gb18030") * 9, b"a,b\n1,2\n" * 20 + b"1,2,3\n", b""])
def test_a_large_text_file_that_is_no_table_says_so(broken, tmp_path, monkeypatch):
    monkeypatch.setattr(panel_source, "Limits", lambda: Limits(file_bytes=-1))
    (tmp_path / "large.csv").write_bytes(broken)
    with pytest.raises(TableError) as refused:
        opened(tmp_path / "large.csv")
    assert codes(refused.value.issues) == ["E_PANEL_CSV"]


def test_bytes_and_open_files_are_told_apart_by_what_they_hold():
    parquet = FRAME.to_parquet(index=False)
    csv = FRAME.to_csv(index=False).encode("gb18030")
    for source in (parquet, io.BytesIO(parquet), csv, io.BytesIO(csv)):
        assert read_panel(source, file_name="incomes.csv").n_units == 32
    assert opened(csv, file_name="a.csv").frame[ROW].to_list()[:2] == [2, 3]


def test_headings_named_by_the_caller_find_the_table_under_its_title():
    odd = FRAME.rename(columns={"unit_id": "a", "year": "b", "outcome": "c", "first_year": "d", "cluster_id": "e"})
    text = "某县农户收入\n" + odd.to_csv(index=False)
    mapping = {"a": "unit_id", "b": "year", "c": "outcome", "d": "first_year", "e": "cluster_id"}
    assert read_panel(text.encode(), file_name="x.csv", mapping=mapping).n_clusters == 8


def test_without_any_known_heading_the_first_row_is_shown():
    with pytest.raises(TableError) as refused:
        read_panel(b"alpha,beta\n1,2\n", file_name="x.csv")
    assert codes(refused.value.issues) == ["E_PANEL_COLUMN"] * 3 + ["E_PANEL_FIRST_YEAR"]
    assert refused.value.issues[0].found == "alpha, beta"


@pytest.mark.parametrize("source", [7, {"a": 1}, "no\nfile", [1, 2]])
def test_what_is_no_table_says_so(source):
    with pytest.raises(TableError) as refused:
        opened(source)
    assert codes(refused.value.issues) == ["E_PANEL_SOURCE"]


def test_a_missing_or_broken_file_says_so(tmp_path):
    with pytest.raises(TableError) as refused:
        opened(tmp_path / "none.csv")
    assert codes(refused.value.issues) == ["E_SIDE_FILE"]
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(FRAME.to_parquet(index=False)[:500])
    for source in (broken, broken.read_bytes(), tmp_path / "sub"):
        (tmp_path / "sub").mkdir(exist_ok=True)
        with pytest.raises(TableError) as refused:
            opened(source)
        assert codes(refused.value.issues) == ["E_PANEL_PARQUET"]


def test_an_index_with_a_name_is_a_column():
    assert read_panel(FRAME.set_index("unit_id")).n_units == 32
    assert read_panel(FRAME.set_index(["unit_id", "year"])).n_units == 32


def test_headings_that_stand_twice_or_are_numbers_do_no_harm():
    twice = pd.concat([FRAME, FRAME[["outcome"]], pd.DataFrame({7: range(len(FRAME))})], axis="columns")
    assert read_panel(twice).n_units == 32
