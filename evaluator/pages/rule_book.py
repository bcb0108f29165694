"""The rule book and the method in short, as shown on the data and method page."""

import pandas as pd
import streamlit as st

from evaluator.calibration import Calibration
from evaluator.charts.reliability import draw_reliability
from evaluator.domain.settings import Settings
from evaluator.language import LANGUAGES
from evaluator.pages import changes, state
from evaluator.pages.pictures import show_chart
from evaluator.pages.rule_editor import show_editor
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.calibrated import say_calibration, tabulate_reliability
from evaluator.report.changed import say_setting_value
from evaluator.report.setting_text import say_setting_range


def show_rules(language: str) -> None:
    """The rule book to change, to take away and to bring; below it every setting in one table."""
    settings = state.settings()
    changed = settings.differences()
    st.caption(say("rules.note", language))
    if changed:
        st.info(say("rules.changed", language, count=len(changed)), icon=":material/edit_note:")
    _show_files(settings, language)
    show_editor(settings, language)
    with st.expander(say("rules.all", language), icon=":material/table_rows:"):
        st.dataframe(
            _all_rows(settings, language), hide_index=True, height=560, key="rules", alt=say("data.tab.rules", language)
        )


def _all_rows(settings: Settings, language: str) -> list[dict[str, str]]:
    changed = settings.differences()
    default = {key: value for key, value, _ in Settings().rules()}
    return [
        {
            say("rules.group", language): wording.say_setting_group(key.split(".")[0], language),
            say("rules.setting", language): wording.say_setting(key, language),
            say("rules.value", language): say_setting_value(value, language),
            say("rules.default", language): say_setting_value(default[key], language),
            say("rules.state", language): say("rules.is_changed" if key in changed else "rules.is_default", language),
            say("rules.unit", language): wording.say_unit(rule.unit, language),
            say("rules.range", language): say_setting_range(value, rule, language),
            say("rules.source", language): wording.say_source(rule.source, language),
            say("rules.key", language): key,
        }
        for key, value, rule in settings.rules()
    ]


def _show_files(settings: Settings, language: str) -> None:
    key = f"upload_rules_{state.turn('rules')}"
    left, right = st.columns([3, 2], gap="large", vertical_alignment="bottom")
    with left:
        st.file_uploader(say("rules.upload", language), type=["toml"], key=key, on_change=lambda: _take_rules(key))
        fault = state.recall("rules_fault")
        if fault:
            lines = "\n".join(f"- {plain(line)}" for line in fault[language].splitlines())
            st.error(say("rules.refused", language, fault=f"\n\n{lines}"), icon=":material/error:")
    with right, st.container(horizontal=True, gap="small"):
        st.download_button(
            say("rules.download", language), settings.to_toml, "rules.toml", "application/toml",
            key="rules_download", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        st.button(
            say("rules.undo", language), key="rules_undo", icon=":material/undo:", on_click=changes.undo_setting,
            disabled=not changes.can_undo(),
        )  # fmt: skip
        st.button(
            say("rules.reset", language), key="rules_reset", icon=":material/restart_alt:", on_click=_reset_rules,
        )  # fmt: skip


def _take_rules(key: str) -> None:
    uploaded = state.uploaded(key)
    if uploaded is None:
        return
    fault = changes.accept_settings(uploaded[1].decode("utf-8-sig", errors="replace"))
    state.remember("rules_fault", None if fault is None else {name: fault.message(name) for name in LANGUAGES})
    state.begin_anew("rules")


def _reset_rules() -> None:
    changes.reset_settings()
    state.remember("rules_fault", None)
    state.remember("rule_refused", None)


def reliability_rows(found: Calibration) -> pd.DataFrame:
    """The groups of past projects and the ends of the diagonal, for ``draw_reliability``."""
    counted = [(group.forecast, group.failed) for group in found.reliability]
    groups = [
        (forecast, failed.share, failed.low, failed.high, f"{failed.hits}/{failed.count}")
        for forecast, failed in counted
    ]
    ends = [(end, end, end, end, "") for end in (0.0, 1.0)]
    table = pd.DataFrame([*groups, *ends], columns=["forecast", "failed", "low", "high", "text"])
    return table.assign(point=[True] * len(groups) + [False] * len(ends))


def _show_reliability(found: Calibration | None, language: str) -> None:
    """The reliability curve where past outcomes allow one."""
    if found is None or not found.reliability:
        return
    finding = say("method.reliability", language)
    st.subheader(finding, anchor=False)
    left, right = st.columns([1, 1], gap="large")
    with left:
        show_chart(reliability_rows(found), draw_reliability(language), alt=finding, key="reliability")
    with right:
        st.dataframe(tabulate_reliability(found, language), hide_index=True, key="reliability_rows", alt=finding)


def show_method(language: str) -> None:
    """The method in a page, its limits, and what identifies this result."""
    evaluation = state.evaluation()
    for key in ("score", "criteria", "missing", "flags", "homogeneity", "rank"):
        st.markdown(f"**{say(f'method.{key}_title', language)}**  \n{say(f'method.{key}', language)}")
    st.subheader(say("method.limits_title", language), anchor=False)
    limits = [say(f"method.limit.{number}", language) for number in range(1, 5)]
    limits.append(plain(say_calibration(evaluation.calibration, language, settings=evaluation.settings.calibration)))
    limits += [
        plain(wording.say_caution(code, evaluation, language)) for code in evaluation.cautions if code != "uncalibrated"
    ]
    st.markdown("\n".join(f"- {limit}" for limit in limits))
    _show_reliability(evaluation.calibration, language)
    st.subheader(say("method.identity_title", language), anchor=False)
    st.markdown(
        say(
            "method.identity",
            language,
            version=plain(evaluation.version),
            date=plain(evaluation.as_of.isoformat()),
            draws=wording.format_number(evaluation.scorecard.draws, language),
        )
    )
    st.code(evaluation.fingerprint, language=None, wrap_lines=True)
