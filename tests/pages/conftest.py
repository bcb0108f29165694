from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from evaluator.committee.acts import Desk, invite, move_on
from evaluator.committee.acts import review as give_review
from evaluator.committee.opening import make_member, open_round, write_link
from evaluator.committee.proposals import rules_of, take_proposals
from evaluator.domain.settings import Settings
from evaluator.pages import basis, data_method, income, neighbours, overview, portfolio, project, ranking, review
from evaluator.pages.inputs import evaluate_inputs, sample_inputs

APP = Path(__file__).parents[2] / "app.py"
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
def open_page():
    """Open the app on a page by a link."""

    def open_(page="overview", **link):
        app = AppTest.from_file(str(APP), default_timeout=60)
        for key, value in link.items():
            app.query_params[key] = value
        if page != "overview":  # the first run is already that page, as it is by a link in a browser
            app._page_hash = calc_hash(page)
        app.run()
        assert not app.exception, app.exception
        return app

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


class Committee:
    """A round on three projects of the sample: a chair and two reviewers, the second from the first project's town."""

    def __init__(self, evaluation):
        self.numbers, self.now = count(), datetime.now(UTC)
        ids = [str(key) for key in evaluation.scored[:3]]
        proposals = take_proposals(evaluation, set(ids))
        self.keys = [proposal.id for proposal in proposals]
        names = (("主任甲", "chair", ""), ("委员乙", "reviewer", ""), ("委员丙", "reviewer", proposals[0].township))
        self.people = [
            make_member(name, role, secret=f"secret {name}", township=town, now=self.now) for name, role, town in names
        ]
        self.id = f"round{id(self)}"
        open_round(
            basis.store(), proposals, round_id=self.id, title="第一批", snapshot="", fingerprint="f", listed=True,
            rules=rules_of(evaluation, minimum_reviews=2), chair=self.people[0], now=self.now,
        )  # fmt: skip
        for person in self.people[1:]:
            self.act(0, invite, person)

    @property
    def round(self):
        return basis.committee_round(self.id)

    def act(self, who, do, *values, **options):
        desk = Desk(basis.store(), self.round, self.people[who].id, self.now, f"{self.id} {next(self.numbers)}")
        return do(desk, *values, **options)

    def to(self, phase):
        while self.round.phase != phase:
            self.act(0, move_on)
        return self

    def mark(self, who, key, points, comment="理由"):
        given = {"content_hash": self.round.proposals[key].content_hash, "after": 0}
        self.act(who, give_review, key, vote="approve", scores=(float(points),) * 4, comment=comment, **given)

    def link(self, who):
        return write_link(self.id, f"secret {self.people[who].name}")


@pytest.fixture
def committee(tmp_path, monkeypatch, evaluation):
    monkeypatch.setenv("EVALUATOR_STORE", str(tmp_path / "store.sqlite"))
    return Committee(evaluation)


@pytest.fixture
def words():
    """Every word an open app shows outside its tables."""

    def read(app):
        kinds = (app.header, app.markdown, app.caption, app.warning, app.info, app.error, app.success)
        return "\n".join(element.value for kind in kinds for element in kind)

    return read
