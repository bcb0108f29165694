"""The four categories on the page: as proposed, narrowed by category, each to be confirmed."""

from evaluator.categories import propose_categories
from evaluator.language import catalogue
from evaluator.report.categorised import say_category, tabulate_categories


def test_proposals_stand_with_their_reasons_and_can_be_narrowed(open_page, evaluation, shows):
    tables = {name: evaluation.tables[name] for name in ("places", "markets", "prices", "vacancies")}
    found = propose_categories(evaluation.register, **tables, settings=evaluation.settings, as_of=evaluation.as_of)
    whole = tabulate_categories(found, "zh")
    app = open_page("data", at="checks", lang="zh")
    assert shows(app, whole.head(300))
    assert (whole[catalogue("zh")["category.table.confirmed"]] == "待人工确认").all()
    chosen = next(key for key, count in found.counts().items() if 0 < count < len(whole))
    app.session_state["existing_category"] = chosen
    app.run()
    assert not app.exception, app.exception
    column = catalogue("zh")["category.table.category"]
    assert shows(app, whole[whole[column] == say_category(chosen, "zh")].head(300))


def test_without_existing_projects_it_is_said(open_page, turn_to, upload, published_list):
    app = upload(open_page("data", lang="en"), "mine.csv", published_list.encode())
    app.button_group(key="section").set_value("checks").run()
    assert not app.exception, app.exception
    assert catalogue("en")["pages.existing.nobody"] in [caption.value for caption in app.caption]
    assert catalogue("en")["pages.copied.none"] in [title.value for title in app.subheader]
