"""The command line: ``python -m evaluator COMMAND``; ``--help`` names the commands.

Exit codes: 0 done (warnings go to standard error), 2 the input cannot be used; 1 is kept for unexpected faults.
"""
# ruff: noqa: PLC0415 - rooms are imported when a command needs them, so that --help answers at once

from __future__ import annotations

import gc
import io
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import TYPE_CHECKING, Any, TextIO

from evaluator.domain.errors import EvaluatorError, SettingsError, TableError
from evaluator.language import phrase
from evaluator.report.files import check_input, check_output, open_input, write_whole
from evaluator.report.options import (
    DISCOUNTS,
    DOCUMENTS,
    OUTPUTS,
    RULES,
    SIDE_TABLES,
    find_language,
    make_parser,
    read_budget,
    read_columns,
    read_date,
    read_discount,
    read_rate,
    read_top,
    read_weights,
)
from evaluator.store.faults import StoreError

if TYPE_CHECKING:
    from datetime import date

    from evaluator.domain.case import Case
    from evaluator.domain.errors import Issue
    from evaluator.domain.panel import IncomePanel
    from evaluator.domain.portfolio import Portfolio
    from evaluator.domain.settings import Settings
    from evaluator.evaluation import Evaluation
    from evaluator.report.document import Document

LARGE_BYTES = 500_000
PROGRESS_SECONDS = 2.0
SHOWN_WARNINGS = 20


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    given = list(sys.argv[1:] if argv is None else argv)
    parser = make_parser(find_language(given))
    arguments, further = parser.parse_known_args(given)
    if further and arguments.command != "serve":
        parser.error("unrecognized arguments: " + " ".join(further))
    arguments.further = further
    gc.disable()  # a short run that frees its memory by ending; collecting cycles would cost a quarter of it
    try:
        code = COMMANDS[arguments.command](arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has gone, e.g. `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except EvaluatorError as fault:
        _warn(*say_fault(fault, arguments.language))
        return 2
    finally:
        gc.enable()
    return code


def say_fault(fault: EvaluatorError, language: str) -> list[str]:
    """What is wrong with an input, in the language asked for."""
    if isinstance(fault, TableError):
        from evaluator.report.console import say_issue

        return [say_issue(issue, language) for issue in fault.issues]
    return [fault.message(language) if isinstance(fault, SettingsError | StoreError) else str(fault)]


def run_check(arguments: Namespace) -> int:
    """Read a list and print what was understood."""
    from evaluator.report.console import say_check
    from evaluator.report.export import write_json
    from evaluator.report.tables import describe_portfolio

    language = arguments.language
    portfolio = _read_list([arguments.file], arguments, sheet=arguments.sheet)
    if not arguments.json:
        print(say_check(portfolio, language))
        return 0
    _warn_issues(portfolio.issues, language)
    sys.stdout.write(write_json(describe_portfolio(portfolio, language)).decode())
    return 0


def run_score(arguments: Namespace) -> int:
    """Score a list; print it, or write it to a file."""
    language, out = arguments.language, arguments.out
    if out is not None:
        check_output(out, OUTPUTS, language)
    from evaluator.report.findings import say_caution

    evaluation = _evaluate(arguments)
    _warn(*(say_caution(code, evaluation, language) for code in evaluation.cautions))
    if out is not None:
        from evaluator.report.export import write_results

        with _progress("writing", language):
            write_whole(out, write_results(evaluation, out.suffix.lower(), language), language)
        _warn(phrase("cli.wrote", language, found=out, count=len(evaluation.portfolio)))
    if arguments.json:
        from evaluator.report.export import write_json
        from evaluator.report.tables import describe_evaluation

        sys.stdout.write(write_json(describe_evaluation(evaluation, language)).decode())
    elif out is None:
        from evaluator.report.console import say_scores

        print(say_scores(evaluation, language))
    return 0


def run_categories(arguments: Namespace) -> int:
    """Propose a category for each existing project of a register; print them, or write them to a file."""
    language, out = arguments.language, arguments.out
    if out is not None:
        check_output(out, OUTPUTS, language)
    from evaluator.categories import propose_categories
    from evaluator.report.categorised import describe_categories, say_categories, write_categories
    from evaluator.report.export import write_json

    settings, as_of = _settings(arguments), read_date(arguments.as_of, language)
    register = _read_list(arguments.files, arguments, sheet=arguments.sheet)
    tables = {name: _read_table(name, arguments) for name in SIDE_TABLES if getattr(arguments, name) is not None}
    _warn_issues([issue for table in (register, *tables.values()) for issue in table.issues], language)
    with _progress("scoring", language, count=len(register)):
        categories = propose_categories(register, settings=settings, as_of=as_of, **tables)
    if out is not None:
        write_whole(out, write_categories(categories, out.suffix.lower(), language), language)
        _warn(phrase("cli.wrote", language, found=out, count=len(categories.proposals)))
    if arguments.json:
        sys.stdout.write(write_json(describe_categories(categories, language)).decode())
    elif out is None:
        print(say_categories(categories, language))
    return 0


def run_balance(arguments: Namespace) -> int:
    """Measure how the funds of a list are spread, and set a second list beside it; print it, or write it to a file."""
    language, out = arguments.language, arguments.out
    if out is not None:
        check_output(out, OUTPUTS, language)
    from evaluator.balance import compare_balances
    from evaluator.report.balanced import describe_balance, say_balance, write_balance
    from evaluator.report.export import write_json

    evaluation, comparison = _evaluate(arguments), None
    if arguments.against:
        arguments.files = arguments.against
        comparison = compare_balances(evaluation.balance, _evaluate(arguments).balance)
    with _progress("scoring", language, count=len(evaluation.portfolio)):
        network = evaluation.network()
    found: dict[str, Any] = {"network": network, "comparison": comparison}
    if out is not None:
        write_whole(out, write_balance(evaluation.balance, out.suffix.lower(), language, **found), language)
        _warn(phrase("cli.wrote", language, found=out, count=len(evaluation.portfolio)))
    if arguments.json:
        sys.stdout.write(write_json(describe_balance(evaluation.balance, language, **found)).decode())
    elif out is None:
        print(say_balance(evaluation.balance, language, **found))
    return 0


def run_choose(arguments: Namespace) -> int:
    """Choose the projects of a list under a budget and rules; print them, or write them to a file."""
    language, out = arguments.language, arguments.out
    if out is not None:
        check_output(out, OUTPUTS, language)
    budget, second = (read_budget(text, language) for text in (arguments.budget, arguments.against_budget))
    rules, other_rules = (_rules(path, language) for path in (arguments.rules, arguments.against_rules))
    evaluation = _evaluate(arguments)
    from evaluator.choice.frontier import MEASURES
    from evaluator.report.export import write_json
    from evaluator.report.funding import describe_choice, say_funding, write_choice
    from evaluator.selection import choose

    with _progress("choose.choosing", language, count=len(evaluation.portfolio)):
        found = choose(evaluation, budget_yuan=budget, rules=rules)
        others: dict[str, Any] = {"frontiers": {}, "other": None}
        if arguments.frontier:
            others["frontiers"] = {measure: found.frontier(measure) for measure in MEASURES}
        if second is not None or other_rules is not None:
            others["other"] = choose(
                evaluation,
                budget_yuan=budget if second is None else second,
                rules=rules if other_rules is None else other_rules,
                core=False,
                prices=False,
            )
    _warn_issues(found.problem.issues, language)
    if out is not None:
        write_whole(out, write_choice(found, out.suffix.lower(), language, **others), language)
        _warn(phrase("cli.wrote", language, found=out, count=len(evaluation.portfolio)))
    if arguments.json:
        sys.stdout.write(write_json(describe_choice(found, language, **others)).decode())
    elif out is None:
        print(say_funding(found, language, **others))
    return 0


def _rules(path: Path | None, language: str) -> Path | None:
    """A rules file that can be opened."""
    if path is not None:
        open_input(path, language, path.read_bytes)
    return path


def run_report(arguments: Namespace) -> int:
    """Write the committee's report of a list, or the sections of it that are asked for."""
    language, out = arguments.language, arguments.out
    check_output(out, DOCUMENTS, language)
    from evaluator.report.compose import read_sections
    from evaluator.report.workshop import begun

    sections, begins = read_sections(arguments.sections, language), read_date(arguments.notice_from, language)
    budget, rules = read_budget(arguments.budget, language), _rules(arguments.rules, language)
    with begun():
        document = _make_report(arguments, sections, begins, budget, rules)
    _warn(phrase("cli.report.wrote", language, found=out, count=len(document.sections)))
    return 0


def _make_report(
    arguments: Namespace, sections: Sequence[str], begins: date | None, budget: float | None, rules: Path | None
) -> Document:
    """Evaluate, choose where there is a budget, build the report and write it."""
    language, out = arguments.language, arguments.out
    evaluation, selection = _evaluate(arguments), None
    if budget is not None or rules is not None:
        from evaluator.selection import choose

        with _progress("choose.choosing", language, count=len(evaluation.portfolio)):
            selection = choose(evaluation, budget_yuan=budget, rules=rules)
        _warn_issues(selection.problem.issues, language)
    from evaluator.report.compose import make_document, write_document
    from evaluator.report.sections.material import Material

    with _progress("report.writing", language):
        material = Material(evaluation, selection=selection, notice_from=begins)
        suffix = out.suffix.lower()
        document = make_document(material, language, sections, attach=suffix == ".xlsx")
        write_whole(out, write_document(document, suffix), language)
    return document


def run_effects(arguments: Namespace) -> int:
    """Estimate what projects did to incomes; print it, or write it to a file."""
    language, out = arguments.language, arguments.out
    if out is not None:
        check_output(out, OUTPUTS, language)
    columns, settings = read_columns(arguments.column, language), _settings(arguments)
    if arguments.trait is not None:
        settings = settings.with_values({"income.trait": arguments.trait})
    from evaluator.incomes import estimate_effects
    from evaluator.outlook import project_effects
    from evaluator.report.effects import describe_effects, say_effects, write_effects
    from evaluator.report.export import write_json

    with _stages(language) as tell:
        projects = _read_projects(arguments, settings)
        panel = _read_panel(arguments, settings, columns, projects)
        _warn_issues(panel.issues, language)
        found = estimate_effects(panel, settings=settings, checks=not arguments.quick, progress=tell)
        if not arguments.quick:
            found = project_effects(found, panel, projects, settings=settings, progress=tell)
    if out is not None:
        write_whole(out, write_effects(found, out.suffix.lower(), language), language)
        _warn(phrase("cli.effects.wrote", language, found=out, count=found.n_units))
    if arguments.json:
        sys.stdout.write(write_json(describe_effects(found, language)).decode())
    elif out is None:
        print(say_effects(found, language))
    return 0


def _read_projects(arguments: Namespace, settings: Settings) -> Evaluation | None:
    """The list of projects that was given, evaluated: those of the panel and those to come."""
    if not arguments.projects:
        return None
    from evaluator.evaluation import evaluate

    portfolio = _read_list(arguments.projects, arguments)
    _warn_issues(portfolio.issues, arguments.language)
    return evaluate(portfolio, settings=settings)


def _read_panel(
    arguments: Namespace, settings: Settings, columns: Mapping[str, str | None], projects: Evaluation | None
) -> IncomePanel:
    """The panel, and beside it what a list tells of its projects."""
    from evaluator.intake.panel import read_panel

    language, path = arguments.language, arguments.panel
    read = partial(read_panel, path, settings=settings, projects=projects, mapping=columns)
    with _progress("effects.reading", language):
        return read() if path.is_dir() or not path.exists() else open_input(path, language, read)


def run_appraise(arguments: Namespace) -> int:
    """Appraise a flows table; print it, or write it to a file."""
    language, out = arguments.language, arguments.out
    if out is not None:
        check_output(out, OUTPUTS, language)
    rate, finance_rate, reinvest_rate = (
        read_discount(getattr(arguments, name), f"--{name.replace('_', '-')}", language) for name in DISCOUNTS
    )
    if rate is None:
        from evaluator.domain.settings import PaybackSettings

        rate = PaybackSettings().rate
    from evaluator.criteria.flow_appraisal import appraise_flows
    from evaluator.report.appraised import describe_appraisal, say_appraisal, write_appraisal
    from evaluator.report.export import write_json

    with _progress("reading", language):
        flows = _read_table("flows", arguments)
    _warn_issues(flows.issues, language)
    found = appraise_flows(
        flows,
        rate=rate,
        finance_rate=finance_rate,
        reinvest_rate=reinvest_rate,
        first_period=arguments.first_period,
    )
    if out is not None:
        write_whole(out, write_appraisal(found, out.suffix.lower(), language), language)
        _warn(phrase("cli.wrote", language, found=out, count=len(flows)))
    if arguments.json:
        sys.stdout.write(write_json(describe_appraisal(found)).decode())
    elif out is None:
        print(say_appraisal(found, language))
    return 0


def run_template(arguments: Namespace) -> int:
    """Write an empty form."""
    language = arguments.language
    check_output(arguments.out, (".toml",) if arguments.table == RULES else (".xlsx",), language)
    if arguments.table == RULES:
        from evaluator.report.rules_form import write_rules_form

        form = write_rules_form(language)
    else:
        from evaluator.report.workbook import write_template

        form = write_template(arguments.table, language)
    write_whole(arguments.out, form, language)
    _warn(phrase("cli.wrote_form", language, found=arguments.out))
    return 0


def run_verify(arguments: Namespace) -> int:
    """Check the committee's log entry by entry."""
    from evaluator.domain.hosting import CONFIG, read_hosting, section_of
    from evaluator.store.engine import has_rows, open_store
    from evaluator.store.log import has_head, verify_log

    say, head = partial(phrase_of, "cli.verify", arguments.language), (arguments.head or "").strip().lower()
    named = Path(os.environ.get(CONFIG, "")) if os.environ.get(CONFIG) else None
    section = section_of(named.read_text("utf-8")) if named and named.is_file() else {}
    address = arguments.database or read_hosting(section, os.environ).store
    if address is None or not has_rows(address):
        raise EvaluatorError(say("none", found=address or "–"))
    store = open_store(address)
    try:
        found, known = verify_log(store), not head or has_head(store, head)
    finally:
        store.close()
    if found.broken is not None:
        raise EvaluatorError(say(f"broken_{found.broken.what}", seq=found.broken.seq))
    if not known:
        raise EvaluatorError(say("head_missing", head=head))
    print(say("whole", entries=found.entries, rounds=found.rounds, head=found.head) if found.entries else say("empty"))
    print(say("head_found", head=head) if head else say("anchor"))
    return 0


def phrase_of(room: str, language: str, key: str, **values: object) -> str:
    """A phrase of one command."""
    return phrase(f"{room}.{key}", language, **values)


def run_serve(arguments: Namespace) -> int:
    """Open the app; what is not ours goes to streamlit."""
    import subprocess

    app = Path(__file__).resolve().parent.parent / "app.py"
    if not app.is_file():
        raise EvaluatorError(phrase("cli.no_app", arguments.language))
    try:
        return subprocess.call([sys.executable, "-m", "streamlit", "run", str(app), *arguments.further])
    except KeyboardInterrupt:
        return 0


COMMANDS = {
    "check": run_check,
    "score": run_score,
    "categories": run_categories,
    "balance": run_balance,
    "choose": run_choose,
    "report": run_report,
    "effects": run_effects,
    "appraise": run_appraise,
    "template": run_template,
    "verify": run_verify,
    "serve": run_serve,
}


def _evaluate(arguments: Namespace) -> Evaluation:
    """Everything ``score`` reads, then the walk."""
    language = arguments.language
    saved = _find_bundle(arguments)
    settings = _settings(arguments, None if saved is None else saved.settings)
    top, as_of = read_top(arguments.top, language), read_date(arguments.as_of, language)
    portfolio, register = _read_lists(arguments, saved)
    named = [name for name in (*SIDE_TABLES, "flows") if getattr(arguments, name) is not None]
    tables = {name: _read_table(name, arguments) for name in named}
    if saved is not None:
        register = register or saved.register
        tables = {name: getattr(saved, name) for name in (*SIDE_TABLES, "flows")} | tables
        as_of, top = as_of or saved.as_of, top or saved.top
        _warn(phrase("cli.bundle", language, date=saved.as_of.isoformat(), version=saved.version))
    _warn_issues(
        [issue for table in (portfolio, register, *tables.values()) if table is not None for issue in table.issues],
        language,
    )
    from evaluator.evaluation import evaluate

    with _progress("scoring", language, count=len(portfolio)):
        return evaluate(portfolio, register=register, settings=settings, as_of=as_of, top=top, **tables)


def _find_bundle(arguments: Namespace) -> Case | None:
    """The saved view when the one file is a bundle: its tables and rules hold where the command names no other."""
    files: Sequence[Path] = arguments.files
    if len(files) != 1 or files[0].suffix.lower() != ".xlsx" or not files[0].is_file():
        return None
    from evaluator.intake.bundle import find_bundle

    data = open_input(files[0], arguments.language, files[0].read_bytes)
    return find_bundle(data, files[0].name)


def _read_lists(arguments: Namespace, saved: Case | None) -> tuple[Portfolio, Portfolio | None]:
    """The list and the register; a large register is read by a second process meanwhile, where processes fork."""
    read_own = partial(_read_list, arguments.files, arguments, sheet=arguments.sheet)
    if saved is not None:
        own = saved.edited
        return own, _read_list(arguments.register, arguments) if arguments.register else None
    if not arguments.register:
        return read_own(), None
    read_register = partial(_read_list, arguments.register, arguments)
    large = sum(file.stat().st_size for file in arguments.register if file.is_file()) > LARGE_BYTES
    if not large or sys.platform != "linux":
        return read_own(), read_register()
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    import evaluator.intake.read  # noqa: F401 - loaded once, before the processes part

    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as second:
        register = second.submit(read_register)
        return read_own(), register.result()


def _read_list(files: Sequence[Path], arguments: Namespace, *, sheet: str | None = None) -> Portfolio:
    language = arguments.language
    rate = read_rate(arguments.yuan_per_unit, language)
    for file in files:
        check_input(file, language)
    from evaluator.intake.read import read_portfolio

    read = partial(read_portfolio, list(files), sheet=sheet, place=arguments.place, yuan_per_unit=rate)
    with _progress("reading", language):
        return open_input(files[0], language, read)


def _read_table(name: str, arguments: Namespace) -> Any:  # noqa: ANN401 - each table has its own type
    """One side table; its kind is the one its name says."""
    path: Path = getattr(arguments, name)
    if name == "flows":
        from evaluator.intake.flows import read_flows

        return open_input(path, arguments.language, partial(read_flows, path))
    from evaluator.intake import tables

    return open_input(path, arguments.language, partial(getattr(tables, f"read_{name}"), path))


def _settings(arguments: Namespace, saved: Settings | None = None) -> Settings:
    """The rule book named on the command line, else that of a saved view, else the default; weights go before all."""
    from evaluator.domain.settings import CRITERIA, Settings

    language, settings = arguments.language, saved or Settings()
    if arguments.settings is not None:
        data = open_input(arguments.settings, language, arguments.settings.read_bytes)
        try:
            settings = Settings.from_toml(data.decode("utf-8-sig"))
        except UnicodeDecodeError as fault:
            raise EvaluatorError(phrase("cli.not_utf8", language, found=arguments.settings)) from fault
    changed: dict[str, object] = {}
    if arguments.weights is not None:
        weights = zip(CRITERIA, read_weights(arguments.weights, language), strict=True)
        changed |= {f"weights.{name}": weight for name, weight in weights}
    if arguments.weight_order is not None:
        changed["weights.order"] = arguments.weight_order
    return settings.with_values(changed) if changed else settings


def _warn_issues(issues: Sequence[Issue], language: str) -> None:
    """Errors and warnings of what was read, on standard error: all that left something out, and the first warnings."""
    from evaluator.report.console import say_issues

    grave = [issue for issue in issues if issue.severity != "note"]
    refused = sum(issue.severity == "error" for issue in grave)
    _warn(*say_issues(grave, language, limit=max(SHOWN_WARNINGS, refused)))


def _warn(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)


@contextmanager
def _progress(key: str, language: str, **values: object) -> Iterator[None]:
    """Say on standard error what is being done once it has taken two seconds."""
    timer = Timer(PROGRESS_SECONDS, _warn, [phrase(f"cli.{key}", language, **values)])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def _stages(language: str) -> Iterator[Callable[[str], None]]:
    """Say on standard error which stage of a long estimation has begun, from two seconds on."""
    begun, running = monotonic(), Timer(0, print)

    def tell(stage: str) -> None:
        nonlocal running
        running.cancel()
        wait = max(0.0, begun + PROGRESS_SECONDS - monotonic())
        running = Timer(wait, _warn, [phrase(f"cli.effects.{stage}", language)])
        running.daemon = True
        running.start()

    try:
        yield tell
    finally:
        running.cancel()


def _speak_utf8(stream: TextIO) -> None:
    """Chinese on any terminal or pipe, whatever the locale says."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    ended = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(ended)  # at once: freeing a large result piece by piece takes a while and changes nothing
