import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.report.document import Column, Table
from evaluator.report.fitting import BOLD, CELLS, KEPT, PADDING, SMALL_CELLS, fit_widths


def test_columns_with_room_keep_the_widths_the_section_wished():
    table = Table((Column("a", 1), Column("b", 3)), (("1", "2"),))
    assert fit_widths(table) == pytest.approx((0.25, 0.75))


def test_a_figure_is_kept_on_one_line_and_a_word_whole():
    table = Table(
        (Column("Projects", 0.01), Column("Funds", 0.01, right=True), Column("Text", 9)),
        (("1", "94.89 million yuan", "a long story " * 20),),
        small=True,
    )
    projects, funds, text = fit_widths(table)
    assert projects * SMALL_CELLS == pytest.approx(BOLD * len("Projects") + PADDING)
    assert funds * SMALL_CELLS == pytest.approx(len("94.89 million yuan") + PADDING)
    assert text > 0.5


def test_chinese_letters_count_double_in_figures_and_may_break_in_text():
    table = Table(
        (Column("名", 0.01), Column("数", 0.01, right=True), Column("x", 9)), (("五村抱团联建", "9,489 万元", ""),)
    )
    name, funds, _ = fit_widths(table)
    assert name * CELLS == pytest.approx(BOLD * 2 + PADDING)
    assert funds * CELLS == pytest.approx(10 + PADDING)


def test_a_column_of_names_keeps_most_of_its_width_beside_many_figures():
    figures = tuple(Column(f"Figures{place}", 0.5, right=True) for place in range(6))
    table = Table((Column("Name", 4), *figures), (("石", *["12"] * 6),), small=True)
    assert fit_widths(table)[0] >= KEPT * 4 / 7 - 1e-9


columns = st.lists(st.tuples(st.text(max_size=30), st.floats(0.1, 9), st.booleans()), min_size=1, max_size=14)


@settings(max_examples=20)
@given(columns, st.booleans())
def test_the_widths_fill_the_page_whatever_stands_in_the_table(made, small):
    table = Table(tuple(Column(t, w, right=r) for t, w, r in made), (tuple(t * 3 for t, _, _ in made),), small=small)
    widths = fit_widths(table)
    assert sum(widths) == pytest.approx(1)
    assert min(widths) > 0
