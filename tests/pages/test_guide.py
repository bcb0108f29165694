import re

import pytest

from evaluator.domain.settings import CRITERIA
from evaluator.flags import LEVELS, SIGNS
from evaluator.pages.guide import STEPS, TERMS, glossary


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_criterion_sign_level_and_term_has_its_meaning(language):
    criteria, signs, levels, evidence, terms = glossary(language).values()
    assert [len(rows) for rows in (criteria, signs, levels, terms)] == [
        len(CRITERIA),
        len(SIGNS),
        len(LEVELS),
        len(TERMS),
    ]
    rows = (*criteria, *signs, *levels, *evidence, *terms)
    assert all(word and meaning and word != meaning for word, meaning in rows)
    if language == "zh":
        assert all(re.search(r"[\u4e00-\u9fff]", meaning) for _, meaning in rows)


@pytest.mark.parametrize(("language", "said"), [("en", "invented county"), ("zh", "虚构的县")])
def test_the_guide_explains_the_sample_and_the_way_to_a_report(open_page, language, said):
    app = open_page(lang=language)
    app.button(key="guide_open").click().run()
    assert not app.exception, app.exception
    assert any(said in box.value for box in app.info)
    listed = [text.value for text in app.markdown if text.value.startswith("1.")]
    assert any(text.count("\n") == len(STEPS) - 1 for text in listed)


def test_with_a_list_of_ones_own_nothing_is_said_of_the_sample(open_page, upload, published_list):
    app = open_page("data", lang="en")
    upload(app, "list.csv", published_list.encode())
    app.button(key="guide_open").click().run()
    assert not app.exception, app.exception
    assert not any("invented county" in box.value for box in app.info)
