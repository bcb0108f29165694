"""The rule book on paper: every setting with its default, unit, range and source. ``docs/methods.md`` holds this table.

Rewrite it after a change of a setting with ``python -m evaluator.report.rulebook docs/methods.md``.
"""

import sys
from pathlib import Path

from evaluator.domain.settings import JUDGEMENT, Rule, Settings

BEGIN, END = "<!-- rules:begin -->", "<!-- rules:end -->"
_HEAD = "| key | default | unit | range | source |\n|---|---|---|---|---|"
_BOUNDLESS = 1e6
"""A bound of this size or more is there to catch slips; it says nothing of the setting."""


def write_rules(settings: Settings | None = None) -> str:
    """The table in Markdown, one row a setting in the order of the book; what is a judgement carries a °."""
    rows = (settings or Settings()).rules()
    return "\n".join([_HEAD, *(_line(key, value, rule) for key, value, rule in rows)]) + "\n"


def insert_rules(page: str, table: str) -> str:
    """The page with ``table`` between its two markers.

    Raises ``ValueError`` when a marker is missing.
    """
    before, rest = page.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    return f"{before}{BEGIN}\n{table}{END}{after}"


def _line(key: str, value: object, rule: Rule) -> str:
    source = rule.source.replace(JUDGEMENT, f"{JUDGEMENT} °")
    return f"| `{key}` | {_say_value(value)} | {rule.unit} | {_say_range(value, rule)} | {source} |"


def _say_value(value: object) -> str:
    """Anchors as ``x → value`` points, begin and end of a ramp or reach as two numbers."""
    if isinstance(value, tuple) and isinstance(value[0], tuple):
        return "; ".join(f"{_plain(x)} → {_plain(v)}" for x, v in value)
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, str):
        return value or "–"
    return ", ".join(map(_plain, value if isinstance(value, tuple) else (value,)))


def _say_range(value: object, rule: Rule) -> str:
    if isinstance(value, tuple) and isinstance(value[0], tuple):
        return "value 0–100, one direction"
    if isinstance(value, bool | str):
        return "on, off" if isinstance(value, bool) else "any words"
    if rule.high >= _BOUNDLESS:
        return f"{_plain(rule.low)} or more"
    return f"{_plain(rule.low)} – {_plain(rule.high)}"


def _plain(number: object) -> str:
    return f"{number:,.10g}".replace("-", "−")


if __name__ == "__main__":
    _page = Path(sys.argv[1])
    _page.write_text(insert_rules(_page.read_text("utf-8"), write_rules()), "utf-8")
