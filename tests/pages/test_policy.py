from evaluator.language import catalogue


def test_the_readable_rules_stand_beside_the_flag(open_page, evaluation):
    key = next(str(key) for key in evaluation.scored if any(r.result == "fail" for r in evaluation.rules.of(str(key))))
    app = open_page("project", p=key)
    column = catalogue("en")["pages.policy.rule"]
    assert sum(column in table.value for table in app.dataframe) == 1
