import pandas as pd

from evaluator.domain.places import Places, join_list, split_list


def table():
    return Places(
        pd.DataFrame(
            {"neighbours": ["900002:55;900003", None], "yearly_output_yuan": ["potato=1200；apple＝80", "potato=x"]},
            index=["900001", "900004"],
        )
    )


def test_a_list_cell_is_names_and_values():
    assert split_list("potato=12; apple = 8\n茶：3") == (("potato", "12"), ("apple", "8"), ("茶", "3"))
    assert split_list("513432:55;513430") == (("513432", "55"), ("513430", ""))
    assert split_list(None) == split_list("") == split_list(";;") == ()


def test_a_list_cell_is_read_back_as_written():
    assert split_list(join_list({"potato": 12, "apple": 8.5})) == (("potato", "12"), ("apple", "8.5"))
    assert join_list({}) is None


def test_one_direction_of_a_border_is_enough():
    assert table().adjacent() == {
        "900001": {"900002", "900003"}, "900002": {"900001"}, "900003": {"900001"},
    }  # fmt: skip


def test_around_a_county_is_itself_and_its_borders():
    assert table().around("900002") == {"900001", "900002"}
    assert table().around("900009") == {"900009"}


def test_numbers_by_name_leave_out_what_is_none():
    assert table().numbers("yearly_output_yuan") == {"900001": {"potato": 1200.0, "apple": 80.0}, "900004": {}}
    assert table().numbers("processors") == {}
