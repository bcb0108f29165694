import pytest

from evaluator.language import catalogue
from evaluator.pages.asking import EXAMPLE
from evaluator.pages.plan import Plan, read_plan


def box(app, label):
    return next(element for element in app.number_input if element.label == catalogue("en")[f"pages.choose.{label}"])


def send(app):
    return next(button for button in app.button if button.label == catalogue("en")["pages.choose.apply"]).click().run()


def asked(app):
    texts = app.query_params.get("plan", [])
    return read_plan([texts] if isinstance(texts, str) else texts)[0]


@pytest.mark.slow
def test_what_is_asked_goes_into_the_link_and_back_into_the_form(open_page):
    app = open_page("portfolio", part="choose")
    box(app, "budget").set_value(12_000.0)
    box(app, "ask.flagged").set_value(5.0)
    app.toggle[0].set_value(True)
    send(app)
    assert not app.exception, app.exception
    assert asked(app) == Plan(budget=12_000_000, flagged=5, continuing=True)
    again = open_page("portfolio", part="choose", plan=["budget:12000000", "flagged:5", "continuing"])
    assert box(again, "budget").value == 12_000
    assert box(again, "ask.flagged").value == 5
    assert again.toggle[0].value is True


@pytest.mark.slow
def test_a_form_sent_unchanged_asks_nothing_new(open_page):
    app = send(open_page("portfolio", part="choose"))
    assert "plan" not in app.query_params


@pytest.mark.slow
def test_a_project_can_be_fixed(open_page, evaluation):
    key = str(evaluation.scored[2])
    app = open_page("portfolio", part="choose")
    always = next(one for one in app.multiselect if one.label == catalogue("en")["pages.choose.fixed_in"])
    always.set_value([key])
    send(app)
    assert asked(app).fixed_in == (key,)


@pytest.mark.slow
def test_a_rules_file_stands_in_place_of_simple_rules_and_is_taken_back(open_page):
    toml = '[[limit]]\nname = "three"\nmeasure = "projects"\nat_most = 3\n'
    app = open_page("portfolio", part="choose")
    app.file_uploader(key="rules_file_0").set_value(("rules.toml", toml.encode(), "application/toml"))
    app.run()
    assert not app.exception, app.exception
    assert catalogue("en")["pages.choose.by_file"] in [info.value for info in app.info]
    assert app.query_params["toml"] in (toml, [toml])
    assert any("Fund 3 projects" in element.value for element in app.subheader)
    next(b for b in app.button if b.label == catalogue("en")["pages.choose.file.remove"]).click().run()
    assert "toml" not in app.query_params


def test_every_fault_of_a_rules_file_is_said(open_page):
    app = open_page("portfolio", part="choose", toml='[[limit]]\nname = "x"\n[fixed]\nin = ["nobody"]\n')
    assert len(app.error) == 1
    assert "states no bound" in app.error[0].value.replace("\\", "")
    assert "nobody" in app.error[0].value


def test_a_file_that_is_no_text_is_refused(open_page):
    app = open_page("portfolio", part="choose")
    app.file_uploader(key="rules_file_0").set_value(("rules.toml", b"\xff\xfe\x00", "application/toml"))
    app.run()
    assert catalogue("en")["pages.choose.file.refused"] in [error.value for error in app.error]
    assert "toml" not in app.query_params


def test_the_example_asks_for_every_simple_rule():
    assert None not in (EXAMPLE.industry, EXAMPLE.township, EXAMPLE.flagged, EXAMPLE.long)
