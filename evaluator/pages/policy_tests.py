"""The policy tests of a whole list: found, needed, whose rule it is, and which projects leave one open."""

import streamlit as st

from evaluator.charts.policies import draw_policies
from evaluator.evaluation import Evaluation
from evaluator.pages import state
from evaluator.pages.pictures import show_picture
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.balance_finding import say_tests
from evaluator.report.balance_rows import policy_rows
from evaluator.report.balanced import say_basis, say_found, say_needed

SYMBOLS = {"pass": "●", "fail": "▲", "cannot_tell": "■", "not_here": "○"}
BADGES = {"pass": "green", "fail": "red", "cannot_tell": "gray", "not_here": "gray"}
MOST_NAMED = 12


def show_policies(evaluation: Evaluation, language: str) -> None:
    """Draw the section."""
    balance = evaluation.balance
    if not balance.policies:
        st.info(say("tests.none", language))
        return
    rows = policy_rows(balance, language)
    if len(rows):
        finding = say_tests(balance, language)
        drawn = rows[rows["found"].notna() | rows["low"].notna()]
        if len(drawn):
            show_picture(
                finding,
                drawn,
                draw_policies(language, state.theme()),
                key="policies",
                language=language,
                caption=say("tests.note", language),
            )
        else:
            st.markdown(f"**{plain(finding)}**")
    _show_tests(evaluation, language)
    st.caption(say("tests.settings", language))
    st.page_link(
        state.page("data"),
        label=say("tests.to_rules", language),
        icon=":material/tune:",
        query_params=state.link_parameters(page="data", at="rules"),
    )


def _show_tests(evaluation: Evaluation, language: str) -> None:
    """One card a test: those that fail first, then what cannot be told, then the rest; another place's rules last."""
    order = ("fail", "cannot_tell", "pass", "not_here")
    names = evaluation.portfolio.labels
    tests = sorted(evaluation.balance.policies, key=lambda test: order.index(test.result))
    columns = st.columns(2, gap="medium")
    for place, test in enumerate(test for test in tests if test.result != "not_here"):
        with columns[place % 2], st.container(border=True, gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                result = say(f"tests.result.{test.result}", language)
                st.badge(f"{SYMBOLS[test.result]} {result}", color=BADGES[test.result])  # type: ignore[arg-type]
                st.markdown(f"**{plain(wording.say_setting(f'balance.{test.key}', language))}**", width="content")
            found = say("tests.found", language, found=say_found(test, language), needed=say_needed(test, language))
            st.markdown(plain(found))
            st.caption(plain(say("tests.basis", language, basis=say_basis(test, language))))
            if test.missing and test.result == "cannot_tell":
                named = say("portfolio.comma", language).join(str(names[key]) for key in test.missing[:MOST_NAMED])
                more = (
                    say("near.more", language, rest=len(test.missing) - MOST_NAMED)
                    if len(test.missing) > MOST_NAMED
                    else ""
                )
                st.caption(plain(say("tests.open", language, names=named, more=more)))
    elsewhere = [test for test in tests if test.result == "not_here"]
    if elsewhere:
        with st.expander(say("tests.elsewhere", language, count=len(elsewhere)), icon=":material/public:"):
            lines = [
                say(
                    "tests.other",
                    language,
                    test=wording.say_setting(f"balance.{test.key}", language),
                    found=say_found(test, language),
                    needed=say_needed(test, language),
                    basis=say_basis(test, language),
                )
                for test in elsewhere
            ]
            st.markdown("\n".join(f"- {plain(line)}" for line in lines))
