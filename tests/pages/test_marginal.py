from evaluator.balance import measure_marginal
from evaluator.report.balance_tables import tabulate_effect


def test_the_effect_of_the_chosen_project_is_shown(open_page, evaluation, shows):
    project = str(evaluation.portfolio.frame.index[3])
    app = open_page("portfolio", part="more_or_less", p=project)
    assert app.selectbox(key="marginal").value == project
    wanted = tabulate_effect(evaluation.balance, measure_marginal(evaluation.balance).loc[project], "en")
    assert shows(app, wanted)


def test_another_measure_orders_the_projects_anew(open_page):
    app = open_page("portfolio", part="more_or_less", lang="zh")
    before = app.dataframe[1].value
    app.selectbox(key="marginal_measure").set_value("gini").run()
    assert not app.exception
    assert app.query_params["me"] in ("gini", ["gini"])
    assert not app.dataframe[1].value.equals(before)


def test_a_single_project_has_nothing_to_leave_out(open_page, turn_to, upload):
    one = "项目名称,项目类型,资金金额(万元)\n土豆种植,产业,50\n"
    app = turn_to(upload(open_page("data"), "mine.csv", one.encode()), "portfolio")
    app.button_group(key="part").set_value("more_or_less").run()
    assert not app.exception
    assert len(app.info) == 1
