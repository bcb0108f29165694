"""A panel is found wherever it is; what is no table says so."""

import io

import narwhals as nw
import pandas as pd
import pytest

from evaluator.domain.errors import TableError
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
