import pytest

from evaluator.charts.shares import draw_shares


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_bars_carry_their_share_beside_them(check_spec, language, theme):
    spec = draw_shares(language, theme)
    check_spec(spec, {"label", "share", "text", "more", "room"})
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["bar", "text", "tick"]


def test_the_spec_is_built_once():
    assert draw_shares("en", "light") is draw_shares("en", "light")


def test_words_stand_out_in_the_dark():
    colours = {theme: draw_shares("en", theme)["layer"][1]["mark"]["color"] for theme in ("light", "dark")}
    assert colours["light"] != colours["dark"]
