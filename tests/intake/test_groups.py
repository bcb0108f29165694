"""Rows that head a group are told from projects by their sums."""

from evaluator.intake.groups import find_group_rows, group_name


def test_a_row_that_prints_the_sum_below_heads_a_group():
    rows = [
        ["一", "产业发展类", None, 350],
        [1, "苹果基地", "杏山乡", 200],
        [2, "冷库", "杏山乡", 150],
        ["二", "基础设施", None, 100],
        [3, "道路", "梨树乡", 100],
    ]
    assert find_group_rows(rows) == {0: "产业发展类", 3: "基础设施"}


def test_a_sparse_row_whose_number_is_no_sum_stays_a_project():
    assert find_group_rows([["项目管理费", None, 14], ["苹果", "杏山乡", 200]]) == {}
    assert find_group_rows([["苹果", 14], ["梨", 14]]) == {}, "every row is sparse"


def test_enumerations_are_no_part_of_a_name():
    assert group_name("一、产业发展类") == "产业发展类"
    assert group_name("(二)就业:") == "就业"
