from evaluator.language import catalogue
from evaluator.pages.link import MOST_COMPARED


def removals(app):
    return [button for button in app.button if button.label == catalogue("en")["pages.tray.remove"]]


def test_compared_projects_stay_when_filters_hide_them(open_page):
    ids = list(open_page("ranking").dataframe[0].value.index[:2])
    app = open_page("ranking", pick=ids, q="no such words anywhere")
    assert list(app.query_params["pick"]) == ids
    assert len(removals(app)) == 2


def test_a_project_can_be_taken_out(open_page):
    ids = list(open_page("ranking").dataframe[0].value.index[:3])
    app = open_page("ranking", pick=ids)
    removals(app)[0].click().run()
    assert list(app.query_params["pick"]) == ids[1:]


def test_a_link_compares_at_most_four(open_page):
    ids = list(open_page("ranking").dataframe[0].value.index[:6])
    assert len(removals(open_page("ranking", pick=ids))) == MOST_COMPARED


def test_each_pair_says_who_beats_whom_and_what_would_turn_it(open_page):
    table = open_page("ranking").dataframe[0].value
    app = open_page("ranking", lang="en", pick=list(table.index[:3]))
    said = next(text.value for text in app.markdown if " beats " in text.value).splitlines()
    assert len(said) == 3
    assert all("of plausible readings" in line for line in said)
    assert all(" overtakes " in line or "no weight" in line or "level" in line for line in said)
