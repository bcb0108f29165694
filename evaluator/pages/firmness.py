"""How firm the order is: ranges of the totals, who beats whom, red lines, and what the order hangs on."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from evaluator.charts.shares import draw_shares
from evaluator.charts.totals import draw_totals
from evaluator.criteria.drivers import GROUPS, Drivers, Indices
from evaluator.evaluation import Evaluation
from evaluator.pages import depth, figures, state
from evaluator.pages.pictures import show_chart
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.ranking import (
    say_drivers,
    say_group,
    say_points_error,
    say_top_chance,
    say_varied,
    shortlist,
    tabulate_pairs,
)

MOST_DRAWN = 30
MOST_NAMED = 8


def show_firmness(evaluation: Evaluation, rows: Sequence[int], language: str) -> None:
    """Draw what a committee needs to know before it leans on the order; ``rows`` are those that pass the filters."""
    st.subheader(say("totals.title", language), anchor=False)
    st.markdown("\n\n".join(plain(line) for line in firmness_lines(evaluation, language)))
    _show_red_lines(evaluation, language)
    _show_totals(evaluation, rows, language)
    pairs = st.expander(
        say("firm.pairs", language), icon=":material/compare_arrows:", key="firm_pairs", on_change="rerun"
    )
    if pairs.open:
        with pairs:
            _show_pairs(evaluation, language)
    drives = st.expander(say("firm.drivers", language), icon=":material/tune:", key="firm_drivers", on_change="rerun")
    if drives.open:
        with drives:
            _show_drivers(evaluation, language)
    else:
        state.remember("drivers_of", None)


def firmness_lines(evaluation: Evaluation, language: str) -> tuple[str, ...]:
    """The first project's chance, what was varied, and how exact a share is."""
    if not len(evaluation.scored):
        return ()
    first = shortlist(evaluation)[0]
    name = str(evaluation.portfolio.labels.loc[evaluation.scored[first]])
    varied = say_varied(evaluation, language)
    return (
        say("firm.first", language, name=name, chance=say_top_chance(evaluation, first, language)),
        say("firm.sentence", language, said=varied[:1].upper() + varied[1:]),
        say("firm.error", language, error=say_points_error(evaluation.scorecard.mc_error)),
    )


def _show_red_lines(evaluation: Evaluation, language: str) -> None:
    """Who hit a red line, and what that means."""
    card = evaluation.scorecard
    count = sum(bool(lines) for lines in card.red_lines)
    line = wording.format_score(evaluation.settings.score.red_line, language)
    if not count:
        st.caption(say("firm.no_red_line", language, line=line))
        return
    lines = st.expander(
        say("firm.red_lines", language, count=count, line=line),
        icon=":material/block:",
        key="firm_red_lines",
        on_change="rerun",
    )
    if not lines.open:
        return
    hit = [row for row in figures.order_by_total(evaluation) if card.red_lines[row]]
    with lines:
        st.caption(say("firm.red_line_note", language))
        for row in hit[:MOST_NAMED]:
            key = str(card.index[row])
            said = "; ".join(
                wording.say_red_line(name, language, line=evaluation.settings.score.red_line)
                for name in card.red_lines[row]
            )
            st.markdown(f"- {plain(evaluation.portfolio.labels.loc[key])} – {plain(said)}")
        if len(hit) > MOST_NAMED:
            st.caption(say("changes.more", language, count=len(hit) - MOST_NAMED))


def _show_totals(evaluation: Evaluation, rows: Sequence[int], language: str) -> None:
    notes = [say("totals.note", language, draws=wording.format_number(evaluation.scorecard.draws, language))]
    if len(rows) > MOST_DRAWN:
        notes.append(say("totals.first", language, shown=MOST_DRAWN, total=len(rows)))
    st.caption("  \n".join(notes))
    show_chart(
        figures.total_rows(evaluation, list(rows[:MOST_DRAWN]), language),
        draw_totals(language),
        alt=say("totals.title", language),
        key="totals",
    )


def _show_pairs(evaluation: Evaluation, language: str) -> None:
    rows = shortlist(evaluation)
    table = tabulate_pairs(evaluation, language, pairs=depth.pairs(evaluation, rows))
    st.caption(say("firm.pairs_note", language, count=len(rows)))
    st.dataframe(
        table, hide_index=True, key="pairs", alt=say("firm.pairs", language), height="content",
        column_config={str(table.columns[0]): st.column_config.TextColumn(pinned=True, width=238)},
    )  # fmt: skip


def _show_drivers(evaluation: Evaluation, language: str) -> None:
    """What the order hangs on: worked out when opened; once a weight has moved only when asked again."""
    asked = state.recall("drivers_of") or evaluation.fingerprint
    state.remember("drivers_of", asked)
    if asked != evaluation.fingerprint:
        st.button(
            say("firm.again", language), key="drivers_again", icon=":material/refresh:",
            on_click=partial(state.remember, "drivers_of", evaluation.fingerprint),
        )  # fmt: skip
        return
    found = depth.drivers(evaluation)
    if found is None:
        st.caption(say("firm.too_long", language))
        return
    finding = say_drivers(found, language)
    st.markdown(f"**{plain(finding[:1].upper() + finding[1:])}**")
    rows = driver_rows(found, language)
    if not rows.empty:
        show_chart(rows, draw_shares(language, state.theme()), alt=finding, key="drivers")
    st.caption(
        say(
            "firm.drivers_note", language,
            draws=wording.format_number(found.draws, language),
            anchors=wording.format_share(evaluation.settings.score.anchor_share, language),
            kept=wording.format_share(found.kept_top, language),
            top=evaluation.scorecard.top,
        )
    )  # fmt: skip
    st.dataframe(index_rows(found, language), hide_index=True, key="driver_rows", alt=finding, height="content")


def driver_rows(found: Drivers, language: str) -> pd.DataFrame:
    """Each group's part in what moves the order, for ``draw_shares``; empty where nothing moves it."""
    shares = found.order.shares
    if pd.isna(shares).any():
        return pd.DataFrame()
    rows = [
        {
            "label": say_group(group, language),
            "share": float(share),
            "text": wording.format_share(float(share), language),
            "more": "",
            "muted": False,
        }
        for group, share in zip(GROUPS, shares, strict=True)
    ]
    ordered = sorted(rows, key=lambda row: -float(str(row["share"])))
    return pd.DataFrame(ordered).assign(room=1.35 * float(shares.max()))


def index_rows(found: Drivers, language: str) -> pd.DataFrame:
    """First-order and total Sobol indices of the order and of the top, with the error of the first-order ones."""
    columns = [say(f"firm.column.{key}", language) for key in ("group", "first", "total", "top_first", "top_total")]
    rows = [
        (say_group(group, language), *_pair(found.order, k, language), *_pair(found.top, k, language))
        for k, group in enumerate(GROUPS)
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _pair(indices: Indices, k: int, language: str) -> tuple[str, str]:
    first = wording.format_share(float(indices.first[k]), language)
    error = say_points_error(float(indices.error[k]))
    return f"{first} (± {error})", wording.format_share(float(indices.total[k]), language)
