import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.runtime.scriptrunner import get_script_run_ctx

from evaluator.language import catalogue
from evaluator.pages import state
from evaluator.pages.frame import DARK_INK

THEME = tomllib.loads((Path(__file__).parents[2] / ".streamlit/config.toml").read_text("utf-8"))["theme"]
CAPTION = 0.6
"""How much of the colour of text the library gives captions."""


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def faded(colour, ground):
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(CAPTION * text + (1 - CAPTION) * back):02X}" for text, back in pairs)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_words_can_be_read_in_both_looks(look):
    """Text needs 4.5:1 (WCAG 2.2, 1.4.3), captions, links, badges and the main button included."""
    colours = THEME[look]
    for ground in (colours["backgroundColor"], colours["secondaryBackgroundColor"]):
        words = [colours["textColor"], faded(colours["textColor"], ground), colours["linkColor"]]
        words += [colours[f"{name}TextColor"] for name in ("red", "orange", "green", "blue", "gray")]
        assert min(contrast(word, ground) for word in words) >= 4.5
    for name in ("red", "orange", "green", "blue", "gray"):
        assert contrast(colours[f"{name}TextColor"], colours[f"{name}BackgroundColor"]) >= 4.5
        assert contrast(colours[f"{name}Color"], colours["backgroundColor"]) >= 4.5
    assert contrast({"light": "#FFFFFF", "dark": DARK_INK}[look], colours["primaryColor"]) >= 4.5


SMALL = 0.875
"""How large the library draws cells of tables, tabs and captions, in sizes of the base."""


def test_small_print_of_the_library_is_that_of_a_book():
    assert SMALL * THEME["baseFontSize"] >= 16
    for size in THEME["headingFontSizes"]:
        assert float(size.removesuffix("rem")) >= SMALL


def test_the_sample_is_said_to_be_invented(open_page):
    for language in ("en", "zh"):
        shown = " ".join(element.value for element in open_page(lang=language).markdown)
        assert catalogue(language)["pages.origin.sample"] in shown


def test_the_link_says_what_it_does_not_carry(open_page, turn_to, upload, published_list):
    app = turn_to(upload(open_page("data"), "mine.csv", published_list.encode()), "overview")
    assert catalogue("en")["pages.share.link_upload"] in [caption.value for caption in app.caption]


def test_the_footer_names_version_and_fingerprint(open_page, evaluation):
    assert any(evaluation.fingerprint[:12] in caption.value for caption in open_page().caption)


def test_an_address_that_names_no_page_shows_the_first_one_and_says_so(monkeypatch, open_page):
    known = get_script_run_ctx
    asked = SimpleNamespace(pages_manager=SimpleNamespace(intended_page_name="rankings"), is_history_navigation=False)
    monkeypatch.setattr(state, "get_script_run_ctx", lambda **_: asked)
    app = open_page(lang="zh")
    monkeypatch.setattr(state, "get_script_run_ctx", known)
    (said,) = [warning.value for warning in app.warning]
    assert said == catalogue("zh")["pages.ignored.page"].format(value="rankings")
    assert app.metric
    assert len(app.run().warning) == 1
