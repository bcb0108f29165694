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
