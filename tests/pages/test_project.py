import pytest

from evaluator.language import catalogue


def test_the_project_page_opens_the_project_of_the_link(open_page):
    key = open_page("ranking").dataframe[0].value.index[3]
    assert open_page("project", p=key).selectbox(key="project").value == key


def test_without_a_project_the_first_of_the_ranking_is_shown(open_page):
    first = open_page("ranking").dataframe[0].value.index[0]
    assert open_page("project").selectbox(key="project").value == first


def test_a_row_that_is_not_scored_is_shown_as_read(open_page, evaluation):
    app = open_page("project", p=str(evaluation.unscored[0]))
    assert catalogue("en")["pages.project.unscored"] in [info.value for info in app.info]
    assert len(app.dataframe) == 1


@pytest.mark.slow
def test_every_scored_project_of_the_sample_can_be_opened(open_page, evaluation):
    app = open_page("project")
    for key in evaluation.scored[::9]:
        app.selectbox(key="project").set_value(str(key)).run()
        assert not app.exception, key
        assert app.query_params["p"] in (str(key), [str(key)])
