"""Numbers as people read them: money, shares, years, scores, ranks, dates. Missing is “–”, never 0."""

from __future__ import annotations

import math
from datetime import date

from evaluator.language import phrase

MISSING = "–"


def is_missing(value: object) -> bool:
    """Whether a value is ``None``, NaN or not-a-time."""
    return value is None or value != value  # noqa: PLR0124 - NaN and NaT differ from themselves


def format_number(value: float | None, language: str = "en", *, decimals: int | None = None) -> str:
    """A plain number: three figures below 100, whole above, thousands separated; the same in both languages."""
    if is_missing(value) or value is None:
        return MISSING
    if math.isinf(value):
        return "−∞" if value < 0 else "∞"
    if decimals is None:
        size = abs(value)
        decimals = 0 if size >= 100 else 1 if size >= 10 else 2
        text = f"{value:,.{decimals}f}"
        return _minus(text.rstrip("0").rstrip(".") if "." in text else text)
    return _minus(f"{value:,.{decimals}f}")


def _minus(text: str) -> str:
    """A real minus sign, and none before a number that rounds to zero."""
    if not text.startswith("-"):
        return text
    return "−" + text[1:] if any(figure in text for figure in "123456789") else text[1:]


def _trimmed(value: float) -> str:
    return _minus(f"{value:,.2f}".rstrip("0").rstrip("."))


def format_money(amount: float | None, language: str, currency: str = "CNY") -> str:
    """An amount of money: “600,000 yuan” or “1.25 million yuan”; “60万元” or “1.25亿元” in Chinese."""
    if is_missing(amount) or amount is None:
        return MISSING
    size = abs(amount)
    steps = (
        ((1e8, "hundred_million"), (1e4, "ten_thousand")) if language == "zh" else ((1e9, "billion"), (1e6, "million"))
    )
    scale, word = next(((scale, word) for scale, word in steps if size >= scale), (1.0, "one"))
    value = (
        _trimmed(amount / scale) if scale > 1 else format_number(amount, language, decimals=0 if size >= 10 else None)
    )
    kind = "yuan" if currency == "CNY" else "other"
    return phrase(
        f"format.money.{kind}",
        language,
        amount=phrase(f"format.scale.{word}", language, value=value),
        currency=currency,
    )


def money_axis(largest: float, language: str, currency: str = "CNY") -> tuple[float, str]:
    """The unit an axis of amounts up to ``largest`` stands in: how many yuan it holds, and its name.

    Chinese readers count in 万元, English readers in thousands and millions.
    """
    steps = ((1e4, "ten_thousand"),) if language == "zh" else ((2e6, "million"), (2e4, "thousand"))
    _, word = next(((scale, word) for scale, word in steps if abs(largest) >= scale), (1.0, "one"))
    kind = "yuan" if currency == "CNY" else "other"
    divisor = {"ten_thousand": 1e4, "million": 1e6, "thousand": 1e3, "one": 1.0}[word]
    return divisor, phrase(f"format.axis.{kind}.{word}", language, currency=currency)


def format_share(share: float | None, language: str) -> str:
    """A share 0-1 as a whole percent; a trace is “<1 %”, all but a trace “>99 %”."""
    if is_missing(share) or share is None:
        return MISSING
    percent = 100.0 * share
    text = "<1" if 0 < percent < 0.5 else ">99" if 99.5 <= percent < 100 else _minus(f"{percent:,.0f}")
    return phrase("format.share", language, value=text)


def format_percent(share: float | None, language: str) -> str:
    """A share as a percent with one decimal where it has one, for rates: 0.075 is “7.5 %”."""
    if is_missing(share) or share is None:
        return MISSING
    return phrase("format.share", language, value=_minus(f"{100 * share:,.1f}".removesuffix(".0")))


def format_quantity(value: float | None, unit: str, language: str) -> str:
    """A number with its unit (``years``, ``months``, ``km``, ``points`` ...), singular where it is one."""
    if is_missing(value) or value is None:
        return MISSING
    size = abs(value)
    text = format_number(value, language, decimals=0) if size >= 20 else _minus(f"{value:.1f}".removesuffix(".0"))
    return phrase(f"format.{unit}.{'one' if text == '1' else 'many'}", language, value=text)


def format_years(years: float | None, language: str) -> str:
    """A span of years to one decimal; infinite is “never”."""
    if years is not None and math.isinf(years):
        return phrase("format.never", language)
    return format_quantity(years, "years", language)


def format_score(score: float | None, language: str = "en") -> str:
    """A score 0-100 as a whole number."""
    return format_number(score, language, decimals=0)


def format_interval(score: float | None, low: float | None, high: float | None, language: str = "en") -> str:
    """A score with its range: “54 (41–66)”; the score alone when the range has no width."""
    if is_missing(score):
        return MISSING
    ends = format_score(low, language), format_score(high, language)
    point = format_score(score, language)
    if MISSING in ends or ends == (point, point):
        return point
    return phrase("format.interval", language, point=point, low=ends[0], high=ends[1])


def format_rank(
    rank: float | None, low: float | None, high: float | None, judged: bool = True, language: str = "en"
) -> str:
    """A rank with its interval: “3 (2–5)”; the interval alone where a point rank is not meant."""
    ends = format_number(low, language, decimals=0), format_number(high, language, decimals=0)
    if MISSING in ends:
        return format_number(rank, language, decimals=0) if judged else MISSING
    span = ends[0] if ends[0] == ends[1] else phrase("format.span", language, low=ends[0], high=ends[1])
    if not judged or is_missing(rank):
        return span
    point = format_number(rank, language, decimals=0)
    return (
        point if ends == (point, point) else phrase("format.interval", language, point=point, low=ends[0], high=ends[1])
    )


def format_date(day: date | None, language: str) -> str:
    """A calendar day: “31 December 2026”, “2026年12月31日”."""
    if is_missing(day) or day is None:
        return MISSING
    month = phrase(f"format.month.{day.month}", language)
    return phrase("format.day", language, day=day.day, month=month, year=day.year)


def format_month(day: date | None, language: str) -> str:
    """A month: “March 2026”, “2026年3月”."""
    if is_missing(day) or day is None:
        return MISSING
    return phrase("format.year_month", language, month=phrase(f"format.month.{day.month}", language), year=day.year)
