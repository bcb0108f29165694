from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from evaluator.domain.settings import Settings
from evaluator.pages import data_method, neighbours, overview, portfolio, project, ranking
from evaluator.pages.inputs import evaluate_inputs, sample_inputs

APP = Path(__file__).parents[2] / "app.py"
PAGES = {
    "overview": overview,
    "ranking": ranking,
    "project": project,
    "neighbours": neighbours,
    "portfolio": portfolio,
    "data": data_method,
}
LIST = (
    "项目名称,项目类型,建设内容,资金金额(万元),乡镇\n"
    "云顶村土豆种植,产业,种植土豆300亩,50,云顶镇\n"
    "云顶村养牛场,产业,养殖肉牛,80,云顶镇\n"
)


@pytest.fixture(scope="session")
def sample():
    return sample_inputs()


@pytest.fixture(scope="session")
def evaluation(sample):
    return evaluate_inputs(sample, Settings())


@pytest.fixture
def published_list():
    """A list as counties publish it: few columns, money in 10k yuan."""
    return LIST


@pytest.fixture
def turn_to():
    """Turn an open app to another page."""

    def turn(app, page):
        app.switch_page(str(PAGES[page].__file__)).run()
        assert not app.exception, app.exception
        return app

    return turn


@pytest.fixture
def open_page(turn_to):
    """Open the app on a page by a link."""

    def open_(page="overview", **link):
        app = AppTest.from_file(str(APP), default_timeout=60)
        for key, value in link.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, app.exception
        return app if page == "overview" else turn_to(app, page)

    return open_


@pytest.fixture
def upload():
    """Choose a file in the chooser of a slot, never used before in this visit."""

    def choose(app, name, data, slot="projects"):
        app.file_uploader(key=f"upload_{slot}_0").set_value((name, data, "text/csv"))
        return app.run()

    return choose


@pytest.fixture
def shows():
    """Whether an open app shows a table with exactly these titles and cells."""

    def holds(app, wanted):
        cells = [list(wanted.columns), *wanted.to_numpy().tolist()]
        found = [[list(table.value.columns), *table.value.to_numpy().tolist()] for table in app.dataframe]
        return cells in found

    return holds
