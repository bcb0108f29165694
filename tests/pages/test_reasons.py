from evaluator.domain.settings import CRITERIA
from evaluator.flags import SIGNS
from evaluator.language import catalogue


def test_a_flag_says_each_sign_and_what_would_clear_it(open_page, evaluation):
    flagged = str(evaluation.flags.level.index[evaluation.flags.level == "flag"][0])
    app = open_page("project", p=flagged)
    shown = " ".join(element.value for element in app.markdown)
    assert all(catalogue("en")[f"flag.sign.{sign}"] in shown for sign in SIGNS)
    lit = sum(sign.on for sign in evaluation.flags.of(flagged).values())
    assert 1 <= sum("lightbulb" in caption.value for caption in app.caption) <= lit


def test_the_four_criteria_stand_in_tabs(open_page):
    labels = [tab.label for tab in open_page("project", lang="zh").tabs]
    assert [label.split()[0] for label in labels] == [catalogue("zh")[f"criterion.{key}"] for key in CRITERIA]
