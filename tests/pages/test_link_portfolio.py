import pytest

from evaluator.pages.link import View, read_link, unknown, write_link
from evaluator.pages.link_portfolio import LONGEST_TOML, MARK, read_values, short_of

VIEW = View(
    part="tests",
    dimension="stage",
    by="households",
    measure="gini",
    county="513436",
    cluster="C02",
    move=("product:potato", "year:2027"),
    plan=("budget:8000000", "flagged:10", "in:P-1"),
    pinned=("budget:5000000", "continuing"),
    toml='[[limit]]\nname = "x"\nat_most = 1\n',
)


def test_a_view_of_these_pages_comes_back_from_its_link():
    assert read_link(write_link(VIEW)) == (VIEW, ())


@pytest.mark.parametrize("key", ["part", "dim", "by", "me"])
def test_unknown_choices_are_named(key):
    values, ignored = read_values({key: ["no such"]})
    assert ignored == [(key, "no such")]
    assert values == read_values({})[0]


def test_an_unknown_kind_of_move_or_wish_is_named():
    _, ignored = read_values({"move": ["colour:red"], "plan": ["fame:5"], "plana": ["x"]})
    assert ignored == [("move", "colour:red"), ("plan", "fame:5"), ("plana", "x")]


def test_a_long_rules_file_goes_by_a_mark():
    long = "# " + "x" * LONGEST_TOML
    written = write_link(View(toml=long))["toml"][0]
    assert written == short_of(long)
    assert written.startswith(MARK)
    assert len(written) == 9
    assert short_of("a = 1") == "a = 1"


def test_fixed_projects_of_another_list_are_dropped_and_said():
    view, dropped = unknown(VIEW, projects=["P-2"], townships=[])
    assert view.plan == ("budget:8000000", "flagged:10")
    assert ("plan", "P-1") in [(part.key, part.value) for part in dropped]
