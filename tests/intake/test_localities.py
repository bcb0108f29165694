"""Places out of cells, titles and names."""

import numpy as np
import pandas as pd
import pytest

from evaluator.domain.errors import TableError
from evaluator.domain.portfolio import Evidence
from evaluator.intake.columns import match_columns
from evaluator.intake.draft import Draft
from evaluator.intake.listing import Listing
from evaluator.intake.localities import find_locality, settle_places, split_place


@pytest.mark.parametrize(
    ("text", "county", "township", "village"),
    [
        ("青山办事处周庄村", None, "青山办事处", "周庄村"),
        ("东关区青山办事处周庄村", "东关区", "青山办事处", "周庄村"),
        ("大河镇上坪村", None, "大河镇", "上坪村"),
        ("上坪村和东角山村", None, None, "上坪村和东角山村"),
        ("南 街道", None, "南街道", None),
        ("柏树镇", None, "柏树镇", None),
        ("相关乡镇办", None, None, None),
        ("县扶贫办", None, None, None),
        ("Barangay 9, San Mateo City", "San Mateo City", None, "Barangay 9"),
        ("Municipality of Santa Clara", "Municipality of Santa Clara", None, None),
    ],
)
def test_one_cell_may_name_three_places(text, county, township, village):
    assert split_place(text) == (county, township, village)


def test_the_title_names_the_county_or_leaves_it_open():
    assert find_locality("昭觉县2024年产业项目申报表")[0].code == "513431"
    locality, doubtful = find_locality("朝阳区2020年项目表")
    assert locality.code is None
    assert len(doubtful) > 1
    assert find_locality("吉林省长春市朝阳区2020年项目表")[0].code == "220104"


def settle(headings, *rows, title=(), place=None):
    cells = pd.DataFrame(list(rows), columns=range(len(headings)), dtype=object)
    listing = Listing(cells=cells, headings=tuple(headings), rows=np.arange(2, len(rows) + 2), title=title)
    draft = Draft(rows=listing.rows)
    columns = match_columns(headings)
    for column in columns:
        if column.role == "field":
            draft.column(column.key)[:] = listing.cells[column.position]
    settle_places(draft, listing, columns, place=place, file="")
    return draft


def test_the_list_s_county_stands_for_rows_that_name_none():
    draft = settle(["项目名称", "建设地点"], ["茶", "甲镇乙村"], ["果", "布拖县丙镇"], title=("昭觉县2024年",))
    assert draft.column("place_code").tolist() == ["513431", "513429"]
    assert draft.evidence_of("place_code")[0] is Evidence.ASSUMED
    assert draft.column("village")[0] == "乙村"


def test_a_shared_name_is_asked_about():
    draft = settle(["项目名称", "县"], ["茶", "朝阳区"])
    assert [issue.code for issue in draft.issues] == ["W_PLACE_UNRESOLVED"]
    assert draft.column("place_code")[0] is None
    assert settle(["项目名称", "县"], ["茶", "朝阳区"], title=("北京市2024年",)).column("place_code")[0] == "110105"


def test_a_township_may_open_the_name():
    draft = settle(["项目名称"], ["石湾镇周庄村茶园项目"])
    assert (draft.column("township")[0], draft.column("village")[0]) == ("石湾镇", "周庄村")
    assert draft.evidence_of("township")[0] is Evidence.TEXT


def test_a_stated_place_must_be_one_county():
    with pytest.raises(TableError):
        settle(["项目名称"], ["茶"], place="朝阳区")
