"""Household rows stay with the visit that brought them."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from evaluator.domain.hosting import Hosting
from evaluator.pages import basis, panels, state
from evaluator.pages.inputs import SAMPLE as FOLDER

OWN = (FOLDER / "panel.csv").read_bytes()


@pytest.fixture
def hosting(monkeypatch):
    """Let the installation be set so, and the page be asked for at an address."""

    def set_(url="http://localhost:8501/income", **settings):
        monkeypatch.setattr(basis, "hosting", lambda: Hosting(**settings))
        monkeypatch.setattr(panels.st, "context", SimpleNamespace(url=url))

    return set_


@pytest.mark.parametrize(
    ("url", "said", "allowed"),
    [
        ("http://localhost:8501/income", None, True),
        ("http://127.0.0.1:8501/income", None, True),
        (None, None, True),
        ("https://evaluator.example/income", None, False),
        ("https://evaluator.example/income", True, True),
        ("http://localhost:8501/income", False, False),
    ],
)
def test_household_files_are_taken_at_home_or_where_the_operator_says_so(hosting, url, said, allowed):
    hosting(url, household_files=said)
    assert panels.may_upload() is allowed


def test_a_site_that_takes_none_keeps_nothing(hosting, monkeypatch):
    hosting("https://evaluator.example/income")
    kept = {}
    monkeypatch.setattr(state, "remember", kept.__setitem__)
    assert not panels.accept_panel("p.csv", OWN)
    assert kept == {}


def test_the_operators_panel_goes_before_the_sample_and_is_read_where_it_lies(hosting, monkeypatch, tmp_path):
    path = tmp_path / "panel.csv"
    path.write_bytes(OWN)
    hosting(files={"panel": str(path)})
    monkeypatch.setattr(state, "recall", lambda *_: None)
    file = panels.panel_file()
    assert (file.origin, file.source, file.name) == ("host", path, "panel.csv")
    path.write_bytes(OWN + b"\n")
    assert panels.panel_file().digest != file.digest


def test_the_oldest_result_goes_when_there_are_many():
    kept = {}
    for number in range(panels.MOST_KEPT + 2):
        panels._keep(kept, str(number), lambda: number)  # noqa: B023 - called at once
    assert list(kept) == [str(number) for number in range(2, panels.MOST_KEPT + 2)]
    assert panels._keep(kept, "5", lambda: "made anew") == 5


def test_no_cache_shared_by_visits_holds_an_uploaded_panel():
    upload = panels.PanelFile("p.csv", "d", OWN, "upload")
    shared = panels._shared("panels")
    assert panels._kept("panels", panels.sample_panel()) is shared
    assert panels._kept("panels", upload) is not shared


@pytest.mark.slow
def test_a_download_is_written_outside_the_visit():
    def script():
        from evaluator.pages import panels, state

        state.begin()
        panels.effects(checks=True)
        state.remember("came", panels.prepared())

    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception, app.exception
    found = app.session_state["kept_came"]()
    assert found.contrasts[-1].estimate < 0
