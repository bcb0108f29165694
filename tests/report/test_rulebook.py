"""The printed rule book names every setting once, with its default, and finds its place in a page."""

import pytest

from evaluator.domain.settings import Settings
from evaluator.report.rulebook import BEGIN, END, insert_rules, write_rules


def rows(table):
    lines = table.strip().splitlines()[2:]
    return {line.split("|")[1].strip().strip("`"): [cell.strip() for cell in line.split("|")[2:-1]] for line in lines}


def test_every_setting_has_one_row_in_the_order_of_the_book():
    keys = [key for key, _, _ in Settings().rules()]
    assert list(rows(write_rules())) == keys
    assert len(write_rules().strip().splitlines()) == len(keys) + 2


def test_rows_say_value_unit_range_and_source():
    table = rows(write_rules())
    assert table["payback.payback_years"] == [
        "3 → 100; 5 → 80; 8 → 40; 12 → 0",
        "years",
        "value 0–100, one direction",
        "judgement of the authors °",
    ]
    assert table["homogeneity.reference_yuan"] == ["600,000", "yuan", "1 or more", "median of published projects"]
    assert table["flags.short_benefit_years"][:3] == ["5, 2", "years", "0 – 60"]
    assert table["payback.rate"][2] == "−0.99 – 1"
    assert table["advantage.ecology"][3] == "FAO EcoCrop; judgement of the authors °"


def test_a_changed_setting_changes_its_row_only():
    before, after = rows(write_rules()), rows(write_rules(Settings().with_values({"payback.rate": 0.05})))
    assert {key for key in before if before[key] != after[key]} == {"payback.rate"}
    assert after["payback.rate"][0] == "0.05"


def test_the_table_goes_between_the_markers_and_nothing_else_moves():
    page = f"above\n{BEGIN}\nold\n{END}\nbelow\n"
    assert insert_rules(page, "new\n") == f"above\n{BEGIN}\nnew\n{END}\nbelow\n"
    assert insert_rules(insert_rules(page, "new\n"), "new\n") == insert_rules(page, "new\n")
    with pytest.raises(ValueError, match="values to unpack"):
        insert_rules("no markers", "new\n")
