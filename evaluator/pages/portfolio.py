"""Portfolio: is the mix balanced, does it keep the policies, what does one project change, and which set to fund."""

import streamlit as st

from evaluator.balance import Balance
from evaluator.evaluation import Evaluation
from evaluator.pages import choosing, comparing, marginal, policy_tests, state, structure
from evaluator.pages.link_portfolio import PARTS
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.balance_finding import say_headline
from evaluator.report.balanced import format_measure

SECTIONS = dict(
    zip(
        PARTS,
        (
            structure.show_structure,
            policy_tests.show_policies,
            marginal.show_marginal,
            choosing.show_choosing,
            comparing.show_comparing,
        ),
        strict=True,
    )
)


def show() -> None:
    """Draw the page; only the section that is open is worked out."""
    evaluation, language = state.evaluation(), state.view().language
    balance = evaluation.balance
    st.header(plain(say_headline(balance, language)), anchor=False)
    if not len(evaluation.portfolio):
        return
    _show_figures(balance, language)
    part = state.view().part
    st.segmented_control(
        say("portfolio.parts", language),
        PARTS,
        format_func=lambda key: say(f"portfolio.part.{key}", language),
        required=True,
        label_visibility="collapsed",
        **state.controlled("part", part, lambda key: state.change(part=key or PARTS[0]), start="default"),
    )
    SECTIONS[part](evaluation, language)
    if part == PARTS[0]:
        _show_missing(evaluation, language)


def _show_figures(balance: Balance, language: str) -> None:
    """The five numbers of a balance, each with what it means beside it."""
    m = balance.measures

    def said(key: str) -> str:
        return format_measure(key, m[key], language, balance.currency)

    shown = (
        ("amount", said("amount"), say("portfolio.note.amount", language, projects=said("projects"))),
        (
            "effective_types",
            said("effective_types"),
            say("portfolio.note.types", language, inverse=said("inverse_hhi")),
        ),
        (
            "flagged_share",
            _say_flagged(balance, said("flagged_share"), language),
            say("portfolio.note.flagged", language, unjudged=said("unjudged_share")),
        ),
        ("long_share", said("long_share"), say("portfolio.note.long", language, short=said("short_share"))),
        ("gini", said("gini"), say("portfolio.note.gini", language, towns=len(balance.townships.table))),
    )
    with st.container(horizontal=True, key="figures"):
        for key, value, note in shown:
            reason = balance.reasons.get(key)
            st.metric(
                say(f"portfolio.figure.{key}", language),
                value,
                delta=plain(say(f"portfolio.reason.{reason}", language)) if reason else plain(note),
                delta_color="off",
                delta_arrow="off",
                border=True,
                height="stretch",
                help=say(
                    f"portfolio.help.{key}",
                    language,
                    years=wording.format_number(balance.settings.long_years, language),
                ),
            )


def _say_flagged(balance: Balance, share: str, language: str) -> str:
    """The share flagged; 0 of projects none of which can be judged would praise the list."""
    return wording.say_level("cannot_judge", language) if balance.measures["unjudged_share"] >= 1 else share


def _show_missing(evaluation: Evaluation, language: str) -> None:
    """Projects that do not state what a measure needs stand apart, by name; none is dropped."""
    balance, names = evaluation.balance, evaluation.portfolio.labels
    lines = []
    for key, ids in balance.missing.items():
        if ids:
            title = say(f"portfolio.missing.{key}", language, count=len(ids))
            listed = say("portfolio.comma", language).join(str(names[key]) for key in ids)
            lines.append(f"- **{plain(title)}** {plain(listed)}")
    if lines:
        with st.expander(say("portfolio.apart", language), icon=":material/help:"):
            st.markdown("\n".join(lines))


if __name__ == "__main__":
    show()
