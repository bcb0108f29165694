from evaluator.language import phrase
from evaluator.report.copies import tabulate_copies


def test_copied_applications_are_listed_with_the_way_to_each(open_page, evaluation, shows):
    assert evaluation.copies, "the sample has a planted copy"
    app = open_page("data", at="checks", lang="en")
    assert shows(app, tabulate_copies(evaluation, "en"))
    title = phrase("pages.copied.finding", "en", groups=len(evaluation.copies))
    assert title in [heading.value for heading in app.subheader]
