from evaluator.report.sections.material import say_left_out, say_place


def test_the_county_is_named_in_the_readers_language(county):
    assert say_place(county, "zh") == "美姑县"
    assert say_place(county, "en") == "Meigu"


def test_what_is_left_out_is_said_and_nothing_when_all_is_printed():
    (said,) = say_left_out(60, 10_000, "en")
    assert "60" in said.text
    assert "10,000" in said.text
    assert say_left_out(60, 60, "zh") == ()
