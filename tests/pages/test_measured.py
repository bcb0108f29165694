import math

from evaluator.pages.measured import counties_of, most_alike, places_of


def test_the_lists_own_county_comes_first(evaluation):
    codes = counties_of(evaluation)
    assert codes[0] == "513436"
    assert len(codes) == len(set(codes))
    assert set(evaluation.register.frame["place_code"].dropna()) <= set(codes)


def test_places_are_known_once_own_county_first(evaluation):
    places = places_of(evaluation)
    assert len(places) == len(set(places))
    assert places[0][0] == "513436"
    assert ("513436", "巴普镇") in places


def test_the_most_alike_project_is_the_first_shown(evaluation):
    key = most_alike(evaluation)
    h = dict(zip(map(str, evaluation.scored), evaluation.homogeneity.h, strict=True))
    assert h[key] == max(value for value in h.values() if not math.isnan(value))
