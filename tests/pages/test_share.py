"""Sharing in the app: what is saved opens read-only elsewhere with the same numbers, or says why it does not."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from evaluator.language import catalogue
from evaluator.pages import basis, share
from evaluator.report.bundle import write_bundle
from evaluator.report.saved import make_case
from evaluator.store.schema import snapshots
from evaluator.store.snapshots import save_snapshot

WORDS = {language: catalogue(language) for language in ("en", "zh")}


@pytest.fixture
def stored(tmp_path, monkeypatch):
    monkeypatch.setenv("EVALUATOR_STORE", str(tmp_path / "store.sqlite"))


def values(app):
    return {metric.label: metric.value for metric in app.metric}


def texts(app):
    kinds = (app.markdown, app.caption, app.warning, app.info, app.error)
    return "\n".join(element.value for kind in kinds for element in kind)


def save(app):
    app.button(key="snapshot_save").click().run()
    assert not app.exception, app.exception
    return app.session_state["kept_snapshots"][-1]


@pytest.mark.slow
def test_a_snapshot_opens_with_the_same_numbers_view_and_language(stored, open_page, turn_to):
    app = open_page(lang="zh", w="40-30-20-10", level="flag")
    kept = save(app)
    other = open_page(snapshot=kept.id)
    assert values(other) == values(app)
    assert other.session_state["view"].levels == ("flag",)
    assert other.session_state["view"].weights == (40, 30, 20, 10)
    assert other.query_params["snapshot"] in (kept.id, [kept.id])
    assert WORDS["zh"]["pages.opened.same"] in texts(other)
    assert kept.id in "".join(code.value for code in app.code)
    assert len(turn_to(other, "data").get("file_uploader")) == 0


@pytest.mark.slow
def test_facts_changed_by_hand_travel_in_a_snapshot(stored, open_page):
    app = open_page()
    key = str(app.session_state["base"].inputs.projects.frame.index[0])
    app.session_state["kept_facts"] = {key: {"benefit_years": 9.0}}
    app.run()
    assert WORDS["en"]["pages.share.link_lacks_facts"] in texts(app)
    other = open_page(snapshot=save(app).id)
    assert other.session_state["opened_snapshot"].facts == {key: {"benefit_years": 9.0}}
    assert WORDS["en"]["pages.opened.same"] in texts(other)


@pytest.mark.slow
def test_weights_moved_on_a_snapshot_are_said_to_be_the_readers_own(stored, open_page, turn_to):
    app = turn_to(open_page(snapshot=save(open_page()).id), "ranking")
    app.slider[0].set_value(90).run()
    assert WORDS["en"]["pages.opened.yours"] in texts(app)
    app.button(key="opened_back").click().run()
    assert WORDS["en"]["pages.opened.same"] in texts(app)


@pytest.mark.slow
def test_a_copy_of_a_snapshot_is_the_visits_own(stored, open_page, turn_to):
    app = open_page(snapshot=save(open_page()).id)
    app.button(key="opened_copy").click().run()
    assert app.session_state["view"].snapshot == ""
    assert "snapshot" not in app.query_params
    assert len(turn_to(app, "data").get("file_uploader")) > 0


@pytest.mark.parametrize("fault", ["unknown", "expired", "withdrawn", "damaged"])
@pytest.mark.parametrize(("page", "language"), [("overview", "zh"), ("ranking", "en"), ("data", "zh"), ("data", "en")])
def test_a_snapshot_that_cannot_be_opened_says_why_and_the_page_works(  # noqa: PLR0917
    stored, open_page, evaluation, fault, page, language
):
    wanted = {"unknown": "never was"}
    if fault != "unknown":
        case = make_case(evaluation, now=datetime.now(UTC))
        long_ago = datetime.now(UTC) - timedelta(days=9)
        days = 3 if fault == "expired" else None
        kept = save_snapshot(basis.store(), case, title="", now=long_ago, days=days)
        wanted[fault] = kept.id
        if fault == "withdrawn":
            basis.withdraw(kept.id, kept.code)
        if fault == "damaged":
            spoil = update(snapshots).values(content=b"spoilt")
            basis.store().write(lambda connection: connection.execute(spoil))
    app = open_page(page, snapshot=wanted[fault], lang=language)
    (warning,) = app.warning
    said = WORDS[language][f"store.fault.{fault}"].split("{")[0]
    assert said in warning.value
    assert not app.exception
    assert WORDS[language]["pages.origin.sample"] in texts(app)


def test_without_a_store_the_page_says_what_the_link_lacks_and_offers_the_bundle(monkeypatch, open_page):
    monkeypatch.setenv("EVALUATOR_STORE", "off")
    for language in ("en", "zh"):
        app = open_page(lang=language)
        assert WORDS[language]["pages.share.no_store"] in texts(app)
        assert not [button for button in app.button if button.key == "snapshot_save"]
        labels = [button.proto.label for button in app.get("download_button")]
        assert WORDS[language]["pages.share.bundle_save"] in labels


@pytest.mark.slow
def test_a_bundle_uploaded_as_a_list_opens_the_view(open_page, turn_to, upload, case):
    app = upload(open_page("data"), "saved.xlsx", write_bundle(case, "zh"))
    assert not app.exception, app.exception
    assert not app.error
    assert app.session_state["inputs"].origin == "bundle"
    assert app.session_state["kept_facts"] == case.facts
    assert r"version 9\.9" in texts(app)
    assert f"{len(case.projects)}" in texts(turn_to(app, "overview"))


@pytest.mark.slow
def test_a_damaged_bundle_is_refused_and_changes_nothing(open_page, upload, case):
    from io import BytesIO

    import openpyxl

    book = openpyxl.load_workbook(BytesIO(write_bundle(case, "en")))
    book["rule book"]["B2"] = "-7"
    spoilt = BytesIO()
    book.save(spoilt)
    app = upload(open_page("data"), "saved.xlsx", spoilt.getvalue())
    (error,) = app.error
    assert "saved\\.xlsx" in error.value
    assert "inputs" not in app.session_state


@pytest.mark.slow
def test_one_visit_saves_a_bounded_number(stored, open_page, monkeypatch):
    monkeypatch.setattr(share, "MOST_SNAPSHOTS", 1)
    app = open_page()
    save(app)
    save(app)
    assert len(app.session_state["kept_snapshots"]) == 1
    assert any("1 snapshots" in error.value for error in app.error)


def test_the_saver_withdraws_with_one_click(stored, open_page):
    app = open_page()
    kept = save(app)
    app.button(key=f"withdraw_{kept.id}").click().run()
    assert app.session_state["kept_snapshots"] == []
    assert len(open_page(snapshot=kept.id).warning) == 1


def test_terms_are_not_longer_than_the_operator_keeps(stored, open_page, monkeypatch):
    monkeypatch.setenv("EVALUATOR_SNAPSHOT_DAYS", "10")
    assert open_page().get("button_group") is not None
    assert share._terms() == (10,)
    monkeypatch.setenv("EVALUATOR_SNAPSHOT_DAYS", "0")
    assert share._terms() == (30, 365, 0)


@pytest.mark.slow
def test_a_hosted_link_opens_on_the_operators_own_files(tmp_path, monkeypatch, open_page, turn_to, published_list):
    (tmp_path / "list.csv").write_text(published_list, encoding="utf-8")
    (tmp_path / "rules.toml").write_text("[payback]\nrate = 0.05\n", encoding="utf-8")
    monkeypatch.setenv("EVALUATOR_PROJECTS", str(tmp_path / "list.csv"))
    monkeypatch.setenv("EVALUATOR_RULES", str(tmp_path / "rules.toml"))
    app = open_page()
    assert WORDS["en"]["pages.origin.host"] in texts(app)
    assert app.session_state["view"].rules == ("payback.rate=0.05",)
    plain = open_page(w="25-25-25-25")
    assert plain.session_state["view"].rules == ()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_default_file_that_is_missing_is_said_to_everyone(tmp_path, monkeypatch, open_page, language):
    monkeypatch.setenv("EVALUATOR_PROJECTS", str(tmp_path / "nowhere.xlsx"))
    app = open_page(lang=language)
    assert WORDS[language]["pages.host.projects"] in [warning.value for warning in app.warning]
    assert WORDS[language]["pages.origin.sample"] in texts(app)
