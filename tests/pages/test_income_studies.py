import re

from evaluator.pages.text import plain
from evaluator.report.evidence import say_lasting, tabulate_evidence


def test_studies_stand_on_the_page_in_the_readers_language(open_page):
    app = open_page("income", inc="studies", lang="zh")
    assert plain(say_lasting("zh")) in [element.value for element in app.subheader]
    (table,) = [table.value for table in app.dataframe if len(table.value) == len(tabulate_evidence("zh"))]
    told = " ".join(table.iloc[:, :-1].astype(str).to_numpy().ravel())
    assert not re.search(r"[A-Za-z]{4,}", told)
