import re
from pathlib import Path

import pytest

from evaluator.charts import style
from evaluator.domain.settings import CRITERIA
from evaluator.flags import LEVELS

BACKGROUNDS = {"light": "#FFFFFF", "dark": "#10181E"}


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("background", BACKGROUNDS.values(), ids=BACKGROUNDS)
@pytest.mark.parametrize(
    "colour", sorted({*style.LEVEL_COLOURS.values(), *style.CRITERION_COLOURS.values(), style.GAIN, style.LOSS})
)
def test_marks_stand_out_on_both_grounds(colour, background):
    """Graphical objects need 3:1 (WCAG 2.2, 1.4.11)."""
    assert contrast(colour, background) >= 3.0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_stand_out_on_their_ground(theme):
    """Text needs 4.5:1 (WCAG 2.2, 1.4.3)."""
    assert contrast(style.INK[theme], BACKGROUNDS[theme]) >= 4.5
    config = style.with_words({"mark": "bar"}, theme)["config"]
    for part in ("axis", "legend"):
        for words in ("labelColor", "titleColor"):
            assert contrast(config[part][words], BACKGROUNDS[theme]) >= 4.5


def test_every_level_and_criterion_has_its_colour_and_shape():
    assert set(style.LEVEL_COLOURS) == set(style.LEVEL_SHAPES) == set(LEVELS)
    assert set(style.CRITERION_COLOURS) == set(CRITERIA)
    assert len(set(style.LEVEL_SHAPES.values())) == len(LEVELS)


def test_legends_speak_the_readers_language():
    assert style.level_legend("zh").labelExpr != style.level_legend("en").labelExpr


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_are_of_one_size_that_is_read_on_a_phone_and_a_projector(theme):
    config = style.with_words({"mark": "bar"}, theme)["config"]
    sizes = [config[part][f"{words}FontSize"] for part in ("axis", "legend") for words in ("label", "title")]
    assert {*sizes, config["text"]["fontSize"]} == {style.WORD}
    assert style.WORD >= 16


@pytest.mark.parametrize("path", sorted(Path(style.__file__).parent.glob("*.py")), ids=lambda path: path.stem)
def test_no_chart_sets_a_size_of_its_own(path):
    """A size in a spec would go before the one of the screen, and that of documents."""
    own = re.findall(r"\w*[fF]ontSize\W+\d+", path.read_text("utf-8"))
    assert not own


def test_limits_widths_and_columns_are_those_of_documents_where_there_is_no_window():
    assert style.limit_of(180)["expr"].endswith(": 180")
    assert style.columns_of(3)["expr"].endswith(": 3")
    assert style.scale_before(90).to_dict()["range"][1]["expr"] == "width - ((windowSize()[0] < 640) ? 90 : 0)"
