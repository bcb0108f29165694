from evaluator.reference.advantage import (
    _crop_limits,
    ecocrop,
    geographical_indications,
    indications_known,
    price_volatility,
)
from evaluator.reference.products import products


def test_potato_limits_are_those_of_ecocrop():
    limits = ecocrop("potato")
    assert limits.species == "Solanum tuberosum"
    assert (limits.temperature_low_c, limits.temperature_optimum_low_c) == (7, 15)
    assert (limits.temperature_optimum_high_c, limits.temperature_high_c) == (25, 30)
    assert (limits.rain_low_mm, limits.rain_high_mm) == (250, 2000)
    assert limits.altitude_high_m == 2800
    assert ecocrop("buckwheat").altitude_high_m is None
    assert ecocrop("pig") is None


def test_limits_are_ordered_and_known_products():
    for product_id, limits in _crop_limits().items():
        assert product_id in products()
        assert limits.temperature_low_c <= limits.temperature_optimum_low_c
        assert limits.temperature_optimum_high_c <= limits.temperature_high_c
        assert limits.rain_low_mm <= limits.rain_optimum_low_mm <= limits.rain_optimum_high_mm <= limits.rain_high_mm
        assert limits.cycle_low_days <= limits.cycle_high_days


def test_a_countys_own_name_comes_before_the_prefectures():
    zhaojue, meigu = geographical_indications("513431"), geographical_indications("513436")
    assert zhaojue["potato"].scope == "prefecture"
    assert meigu["chicken"].scope == "county"
    assert "chicken" not in zhaojue
    assert not geographical_indications("110101")
    assert indications_known("513431")
    assert not indications_known("110101")


def test_claims_without_registration_are_not_used():
    assert "pig" not in geographical_indications("513401")
    assert "mandarin" not in geographical_indications("513422")


def test_price_volatility_is_that_of_the_bureaus_index():
    assert price_volatility("pig").sd_log_change == 0.173
    assert price_volatility("walnut").item == "forestry products"
    assert price_volatility("homestay") is None
