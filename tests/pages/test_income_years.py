import pytest

"""Effects by year: the curves asked for, and the settings at hand."""


@pytest.mark.slow
def test_curves_and_settings_go_into_the_link_and_change_what_is_shown(open_page):
    app = open_page("income", paths="contrast")
    assert app.button_group(key="paths").value == "contrast"
    finding = [element.value for element in app.markdown if "less others" in element.value]
    assert finding
    app.selectbox(key="income_estimator").set_value("imputation").run()
    assert not app.exception, app.exception
    assert "imputation" in str(app.query_params["set"])
    assert "28.7" in app.header[0].value.replace("\\", "")
    app.selectbox(key="income_trait").set_value("trait_labour_state").run()
    assert not app.exception, app.exception
    assert "no two kinds" in " ".join(metric.delta or "" for metric in app.metric).replace("\\", "")
