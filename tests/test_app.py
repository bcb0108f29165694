"""The whole app without a browser: every page, in each language, on the sample, by good and bad links."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from evaluator.language import catalogue
from evaluator.pages import data_method, income, neighbours, overview, portfolio, project, ranking, review

APP = Path(__file__).parents[1] / "app.py"
PAGES = {
    "overview": overview,
    "ranking": ranking,
    "project": project,
    "neighbours": neighbours,
    "portfolio": portfolio,
    "income": income,
    "review": review,
    "data": data_method,
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def open_app(page="overview", **link):
    app = AppTest.from_file(str(APP), default_timeout=60)
    for key, value in link.items():
        app.query_params[key] = value
    app.run()
    if page != "overview":
        app.switch_page(str(PAGES[page].__file__)).run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", list(PAGES))
def test_every_page_opens_on_the_sample_in_each_language(page, language):
    app = open_app(page, lang=language)
    own = {"overview": app.metric, "ranking": app.slider, "project": app.selectbox, "data": app.get("file_uploader")}
    own |= {"neighbours": app.selectbox, "portfolio": app.metric, "income": app.metric, "review": app.expander}
    assert len(own[page])
    assert not app.error
    assert not app.warning


def test_the_first_screen_needs_no_click():
    app = open_app()
    values = {metric.label: metric.value for metric in app.metric}
    assert int(values[catalogue("en")["pages.overview.scored"]]) > 0
    assert len(app.header) == 1


def test_the_language_of_the_pages_own_words_follows_the_switch():
    app = open_app(lang="zh")
    chinese = [catalogue("zh")[f"pages.overview.{key}"] for key in ("scored", "money", "flagged", "unjudged")]
    assert [metric.label for metric in app.metric] == chinese
    app.segmented_control(key="language").set_value("en").run()
    assert not app.exception
    assert not any(CHINESE.search(metric.label) for metric in app.metric)


@pytest.mark.slow
@pytest.mark.parametrize(
    "link",
    [
        {"w": "1-2"},
        {"lang": "fr"},
        {"level": "red"},
        {"p": "nobody"},
        {"pick": "nobody"},
        {"town": "nowhere"},
        {"list": "deadbeef"},
    ],
    ids=lambda link: next(iter(link)),
)
@pytest.mark.parametrize("page", list(PAGES))
def test_a_bad_link_opens_the_page_and_says_what_was_ignored(page, link):
    assert len(open_app(page, **link).warning) == 1
