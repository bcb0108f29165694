"""The commands and options of the command line, explained in English or Chinese, and how their values are read."""

from __future__ import annotations

import math
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from evaluator.domain.errors import EvaluatorError
from evaluator.language import LANGUAGES, phrase

OUTPUTS = (".csv", ".json", ".xlsx", ".parquet")
DOCUMENTS = (".docx", ".pdf", ".html", ".xlsx")
FORMS = ("projects", "register", "places", "markets", "prices", "vacancies", "flows", "panel")
RULES = "rules"
SIDE_TABLES = ("places", "markets", "prices", "vacancies")
DISCOUNTS = ("rate", "finance_rate", "reinvest_rate")


def make_parser(language: str) -> ArgumentParser:
    """The commands and their options; the chosen command stands in ``command``."""

    def say(key: str, **values: object) -> str:
        return phrase(f"cli.{key}", language, **values).replace("%", "%%")

    common = ArgumentParser(add_help=False)
    common.add_argument("--language", choices=LANGUAGES, default="en", help=say("language"))
    parser = ArgumentParser("evaluator", description=say("description"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    check, score, categories, template, _ = (
        commands.add_parser(name, parents=[common], help=say(name), description=say(name))
        for name in ("check", "score", "categories", "template", "serve")
    )
    check.add_argument("file", type=Path, metavar="FILE", help=say("file"))
    _add_scored(score, say)
    score.add_argument("--top", metavar="K", help=say("top"))
    score.add_argument("-o", "--out", type=Path, metavar="OUT", help=say("out", known=" ".join(OUTPUTS)))
    categories.add_argument("files", type=Path, nargs="+", metavar="FILE", help=say("register"))
    for table in SIDE_TABLES:
        categories.add_argument(f"--{table}", type=Path, metavar="FILE", help=say(table))
    categories.add_argument("--settings", type=Path, metavar="TOML", help=say("settings"))
    categories.add_argument("--as-of", metavar="DATE", help=say("as_of"))
    categories.add_argument("-o", "--out", type=Path, metavar="OUT", help=say("out", known=" ".join(OUTPUTS)))
    categories.set_defaults(weights=None, weight_order=None)
    balance = commands.add_parser("balance", parents=[common], help=say("balance.what"))
    _add_balance(balance, say)
    choose = commands.add_parser("choose", parents=[common], help=say("choose.what"))
    _add_choose(choose, say)
    report = commands.add_parser("report", parents=[common], help=say("report.what"))
    _add_report(report, say)
    _add_appraise(commands.add_parser("appraise", parents=[common], help=say("appraise.what")), say)
    verify = commands.add_parser("verify", parents=[common], help=say("verify.what"), description=say("verify.what"))
    verify.add_argument("--database", metavar="URL", help=say("verify.database"))
    verify.add_argument("--head", metavar="HASH", help=say("verify.head"))
    _add_effects(commands.add_parser("effects", parents=[common], help=say("effects.what")), say)
    for command in (check, score, categories, balance, choose, report):
        command.add_argument("--sheet", help=say("sheet"))
        command.add_argument("--place", help=say("place"))
        command.add_argument("--yuan-per-unit", metavar="RATE", help=say("rate"))
    for command in (check, score, categories, balance, choose):
        command.add_argument("--json", action="store_true", help=say("json"))
    template.add_argument("-o", "--out", type=Path, required=True, metavar="OUT", help=say("template_out"))
    template.add_argument("--table", choices=(*FORMS, RULES), default="projects", help=say("table"))
    return parser


def _add_scored(command: ArgumentParser, say: Callable[..., str]) -> None:
    """The list, and everything that goes into its scores."""
    command.add_argument("files", type=Path, nargs="+", metavar="FILE", help=say("files"))
    command.add_argument(
        "--register", type=Path, nargs="+", action="extend", default=[], metavar="FILE", help=say("register")
    )
    for table in SIDE_TABLES:
        command.add_argument(f"--{table}", type=Path, metavar="FILE", help=say(table))
    command.add_argument("--flows", type=Path, metavar="FILE", help=say("appraise.score_flows"))
    command.add_argument("--settings", type=Path, metavar="TOML", help=say("settings"))
    command.add_argument("--as-of", metavar="DATE", help=say("as_of"))
    command.add_argument("--weights", metavar="D,H,P,A", help=say("weights"))
    command.add_argument("--weight-order", metavar="ORDER", help=say("weight_order"))


def _add_balance(balance: ArgumentParser, say: Callable[..., str]) -> None:
    balance.description = say("balance.what")
    balance.add_argument("files", type=Path, nargs="+", metavar="FILE", help=say("files"))
    for name, text in (("register", "register"), ("against", "balance.against")):
        balance.add_argument(
            f"--{name}", type=Path, nargs="+", action="extend", default=[], metavar="FILE", help=say(text)
        )
    for table in SIDE_TABLES:
        balance.add_argument(f"--{table}", type=Path, metavar="FILE", help=say(table))
    balance.add_argument("--settings", type=Path, metavar="TOML", help=say("settings"))
    balance.add_argument("--as-of", metavar="DATE", help=say("as_of"))
    balance.add_argument("-o", "--out", type=Path, metavar="OUT", help=say("out", known=" ".join(OUTPUTS)))
    balance.set_defaults(weights=None, weight_order=None, top=None, flows=None)


def _add_choose(choose: ArgumentParser, say: Callable[..., str]) -> None:
    choose.description = say("choose.what")
    _add_scored(choose, say)
    choose.add_argument("--budget", metavar="YUAN", help=say("choose.budget"))
    choose.add_argument("--rules", type=Path, metavar="TOML", help=say("choose.rules"))
    choose.add_argument("--against-budget", metavar="YUAN", help=say("choose.against_budget"))
    choose.add_argument("--against-rules", type=Path, metavar="TOML", help=say("choose.against_rules"))
    choose.add_argument("--frontier", action="store_true", help=say("choose.frontier"))
    choose.add_argument("-o", "--out", type=Path, metavar="OUT", help=say("out", known=" ".join(OUTPUTS)))
    choose.set_defaults(top=None)


def _add_report(report: ArgumentParser, say: Callable[..., str]) -> None:
    report.description = say("report.what")
    _add_scored(report, say)
    report.add_argument("--top", metavar="K", help=say("top"))
    report.add_argument("--sections", metavar="NAMES", default="standard", help=say("report.sections"))
    report.add_argument("--budget", metavar="YUAN", help=say("report.budget"))
    report.add_argument("--rules", type=Path, metavar="TOML", help=say("choose.rules"))
    report.add_argument("--notice-from", metavar="DATE", help=say("report.notice_from"))
    known = " ".join(DOCUMENTS)
    report.add_argument("-o", "--out", type=Path, required=True, metavar="OUT", help=say("out", known=known))


def _add_appraise(appraise: ArgumentParser, say: Callable[..., str]) -> None:
    appraise.description = say("appraise.what")
    appraise.add_argument("flows", type=Path, metavar="FLOWS", help=say("appraise.flows"))
    appraise.add_argument("--rate", metavar="R", help=say("appraise.rate_option"))
    appraise.add_argument("--finance-rate", metavar="R", help=say("appraise.finance_rate"))
    appraise.add_argument("--reinvest-rate", metavar="R", help=say("appraise.reinvest_rate"))
    appraise.add_argument("--first-period", type=int, choices=(0, 1), default=0, help=say("appraise.first_period"))
    appraise.add_argument("-o", "--out", type=Path, metavar="OUT", help=say("out", known=" ".join(OUTPUTS)))
    appraise.add_argument("--json", action="store_true", help=say("json"))


def _add_effects(effects: ArgumentParser, say: Callable[..., str]) -> None:
    effects.description = say("effects.what")
    effects.add_argument("panel", type=Path, metavar="PANEL", help=say("effects.panel"))
    effects.add_argument("--projects", type=Path, nargs="+", metavar="FILE", help=say("effects.projects"))
    effects.add_argument("--column", action="append", default=[], metavar="NAME=HEADING", help=say("effects.column"))
    effects.add_argument("--trait", metavar="COLUMN", help=say("effects.trait"))
    effects.add_argument("--quick", action="store_true", help=say("effects.quick"))
    effects.add_argument("--settings", type=Path, metavar="TOML", help=say("settings"))
    effects.add_argument("-o", "--out", type=Path, metavar="OUT", help=say("out", known=" ".join(OUTPUTS)))
    effects.add_argument("--json", action="store_true", help=say("json"))
    effects.set_defaults(weights=None, weight_order=None, place=None, yuan_per_unit=None)


def find_language(argv: Sequence[str]) -> str:
    """The language asked for, before the options are parsed, so that their help is in it too."""
    for place, word in enumerate(argv):
        wanted = word.partition("=")[2] if word.startswith("--language=") else None
        if word == "--language" and place + 1 < len(argv):
            wanted = argv[place + 1]
        if wanted in LANGUAGES:
            return str(wanted)
    return "en"


def read_date(text: str | None, language: str) -> date | None:
    """A calendar day ``YYYY-MM-DD``; raises ``EvaluatorError``."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise EvaluatorError(phrase("cli.bad_date", language, found=text)) from fault


def read_top(text: str | None, language: str) -> int | None:
    """How many projects the budget affords, 1 or more; raises ``EvaluatorError``."""
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and int(text) >= 1):
        raise EvaluatorError(phrase("cli.bad_top", language, found=text))
    return int(text)


def read_rate(text: str | None, language: str) -> float | None:
    """Yuan for one unit of a currency, above 0; raises ``EvaluatorError``."""
    if text is None:
        return None
    rate = _numbers(text)
    if len(rate) != 1 or rate[0] <= 0:
        raise EvaluatorError(phrase("cli.bad_rate", language, found=text))
    return rate[0]


def read_discount(text: str | None, option: str, language: str) -> float | None:
    """A discount rate above -1, as a share or with a percent sign; raises ``EvaluatorError``."""
    if text is None:
        return None
    bare = text.strip().replace("％", "%")
    rate = _numbers(bare.removesuffix("%"))
    if len(rate) != 1 or (rate[0] / 100 if bare.endswith("%") else rate[0]) <= -1:
        raise EvaluatorError(phrase("cli.appraise.bad_rate", language, option=option, found=text))
    return rate[0] / 100 if bare.endswith("%") else rate[0]


def read_columns(pairs: Sequence[str], language: str) -> dict[str, str | None]:
    """Meaning of each heading, from ``NAME=HEADING``; ``NAME`` is a column of the panel form, ``-`` for none.

    Raises ``EvaluatorError``.
    """
    meant: dict[str, str | None] = {}
    for pair in pairs:
        name, equals, heading = (part.strip() for part in pair.replace("＝", "=").partition("="))
        if not (name and equals and heading):
            raise EvaluatorError(phrase("cli.effects.bad_column", language, found=pair))
        meant[heading] = None if name == "-" else name
    return meant


def read_budget(text: str | None, language: str) -> float | None:
    """An amount of yuan in the forms people write: ``5000000``, ``5,000,000``, ``500万``, ``0.05亿元``, ``5 million``.

    Whether there can be such a budget is for the choice to say. Raises ``EvaluatorError``.
    """
    if text is None:
        return None
    from evaluator.intake.money import read_money  # noqa: PLC0415 - the help is printed without it

    written = text.replace("，", ",").replace("−", "-")
    for form in (written, f"{written} yuan"):
        money = read_money(form)
        certain = money.code in ("", "W_NUMBER_NORMALISED") and money.currency in ("", "CNY") and math.isnan(money.low)
        if certain and not math.isnan(money.value):
            return float(money.value)
    raise EvaluatorError(phrase("cli.choose.bad_budget", language, found=text))


def read_weights(text: str, language: str) -> tuple[float, ...]:
    """Four weights joined by commas, none below 0 and one above; raises ``EvaluatorError``."""
    weights = _numbers(text)
    if len(weights) != 4 or min(weights) < 0 or sum(weights) <= 0:
        raise EvaluatorError(phrase("cli.bad_weights", language, found=text))
    return weights


def _numbers(text: str) -> tuple[float, ...]:
    """Finite numbers joined by commas (also full-width ones); empty when one is none."""
    try:
        numbers = tuple(float(part) for part in text.replace("，", ",").split(","))
    except ValueError:
        return ()
    return numbers if all(abs(number) < float("inf") for number in numbers) else ()
