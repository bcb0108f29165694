"""Projects to come: an estimate beside the score, on the page and on a project's own page when it is asked for."""

import pytest

from evaluator.language import catalogue


@pytest.fixture(scope="module")
def title():
    return catalogue("en")["pages.income.outlook"]


@pytest.mark.slow
def test_projects_of_the_list_are_projected_from_the_sample_panel(open_page, turn_to, title):
    app = open_page("income", inc="projects")
    assert app.selectbox(key="income_project").value.startswith("MG2025")
    assert any("never part of the score" in element.value for element in app.caption)
    shown = [table.value for table in app.dataframe]
    assert any(len(table) > 40 for table in shown)
    other = app.selectbox(key="income_project").options[1]
    app.selectbox(key="income_project").select_index(1).run()
    assert not app.exception, app.exception
    assert str(app.query_params["p"]).strip("[]'") in other
    app = turn_to(app, "project")
    assert any(element.value == title for element in app.subheader)
    assert not any(button.key == "outlook" for button in app.button)


def test_on_a_projects_page_it_is_worked_out_only_when_asked_for(open_page, monkeypatch, title):
    from evaluator.pages import panels

    monkeypatch.setattr(panels, "is_projected", lambda: False)
    monkeypatch.setattr(panels, "projection", lambda _found: pytest.fail("nobody asked"))
    app = open_page("project")
    assert any(element.value == title for element in app.subheader)
    assert any(button.key == "outlook" for button in app.button)


def test_a_list_without_a_panel_has_no_outlook(open_page, upload, turn_to, published_list, title):
    app = turn_to(upload(open_page("data"), "list.csv", published_list.encode()), "project")
    assert not any(element.value == title for element in app.subheader)
