"""Read a rules file (TOML) against a list of projects; every fault is told in one pass."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from evaluator.choice.faults import MEASURES, NUMBERS, WORDS, Faults
from evaluator.choice.rules import (
    BASES,
    FUNDS,
    Condition,
    Continuing,
    Dependency,
    Exclusive,
    Limit,
    Partial,
    Rules,
    Together,
    Where,
)
from evaluator.choice.words import key_of
from evaluator.domain.errors import Issue, TableError

SHARES = ("chosen", "budget")
Table = Mapping[str, Any]


def parse_rules(text: str, faults: Faults) -> Rules:
    """The rules a TOML text states.

    ``faults`` knows the list and gathers what is wrong; warnings stay in it. Raises ``TableError`` with every fault.
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise TableError(Issue("E_RULES_TOML", "error", sheet=faults.file, found=str(fault))) from fault
    faults.check_keys(given, "", "")
    addresses: dict[str, str] = {}
    read = {kind: _read_all(given, kind, one, faults, addresses) for kind, one in _READERS.items()}
    fixed = _tables(given, "fixed", faults)
    budget = given.get("budget_yuan")
    rules = Rules(
        limits=read["limit"],
        exclusive=read["exclusive"],
        depends=read["depends"],
        together=read["together"],
        partial=read["partial"],
        continuing=read["continuing"],
        fixed_in=_fixed(fixed, "in", faults),
        fixed_out=_fixed(fixed, "out", faults),
        budget_yuan=None if budget is None else faults.number(budget, "budget_yuan", low=0.01),
        addresses=addresses,
    )
    check_contradictions(rules, faults)
    if faults.grave:
        raise TableError(*faults.issues)
    return rules


def _tables(given: Table, kind: str, faults: Faults) -> list[tuple[str, Table]]:
    """The tables of one kind with their addresses: ``[[limit]]`` several times, ``[continuing]`` once."""
    found = given.get(kind, [])
    several = found if isinstance(found, list) else [found]
    tables: list[tuple[str, Table]] = []
    for number, table in enumerate(several, start=1):
        where = f"{kind} {number}" if isinstance(found, list) else kind
        if isinstance(table, dict):
            faults.check_keys(table, kind, where)
            tables.append((where, table))
        else:
            faults.add("E_RULES_TABLE", where, table, kind=kind)
    return tables


def _read_all(given: Table, kind: str, read: Callable[..., Any], faults: Faults, addresses: dict[str, str]) -> Any:  # noqa: ANN401
    rules = []
    for where, table in _tables(given, kind, faults):
        name = table.get("name", where)
        if not isinstance(name, str) or not name.strip():
            faults.add("E_RULES_LIST", f"{where} · name", name)
            name = where
        if name in addresses:
            faults.add("E_RULES_NAME", f"{where} · name", name, other=addresses[name])
        addresses[name] = where
        rule = read(name, where, table, faults)
        if rule is not None:
            rules.append(rule)
    return tuple(rules)


def _fixed(tables: list[tuple[str, Table]], side: str, faults: Faults) -> tuple[str, ...]:
    ids: list[str] = []
    for where, table in tables:
        if table.get(side):
            ids += faults.projects(table[side], f"{where} · {side}", choosable=side == "in")
    return tuple(dict.fromkeys(ids))


def _limit(name: str, where: str, table: Table, faults: Faults) -> Limit | None:
    measure, of = table.get("measure", FUNDS), table.get("of", "amount")
    if measure not in MEASURES:
        measure = faults.field_name(measure, f"{where} · measure", MEASURES) or FUNDS
    if of not in BASES or (of == "budget" and measure != FUNDS):
        faults.add("E_RULES_OF", f"{where} · of", of, known=", ".join(BASES))
        of = "amount"
    most = 1.0 if of in SHARES else float("inf")
    sides = {
        side: faults.number(table[side], f"{where} · {side}", high=most)
        for side in ("at_least", "at_most")
        if side in table
    }
    if not sides:
        faults.add("E_RULES_NO_BOUND", where)
    low, high = sides.get("at_least"), sides.get("at_most")
    if low is not None and high is not None and low > high:
        faults.add("E_RULES_CROSSED", where, f"{low:,g} > {high:,g}")
    if "among" in table and of != "chosen":
        faults.add("E_RULES_AMONG", f"{where} · among", of)
    return Limit(
        name=name,
        where=_where(table.get("where", {}), f"{where} · where", faults),
        measure=measure,
        at_least=low,
        at_most=high,
        of=of,
        among=_where(table.get("among", {}), f"{where} · among", faults),
        each=faults.field_name(table["each"], f"{where} · each", WORDS) if "each" in table else "",
        unknown=faults.number(table.get("unknown", 0.0), f"{where} · unknown") or 0.0,
    )


def _where(given: object, where: str, faults: Faults) -> Where:
    """Conditions of a table such as ``{kind = "industry", benefit_years = {at_most = 3}}``."""
    if not isinstance(given, dict):
        faults.add("E_RULES_WHERE", where, given)
        return ()
    return tuple(one for key, asked in given.items() for one in _condition(key, asked, f"{where} · {key}", faults))


def _condition(key: str, asked: object, where: str, faults: Faults) -> Iterator[Condition]:
    if key in NUMBERS:
        if not isinstance(asked, dict):
            faults.add("E_RULES_RANGE", where, asked)
            return
        faults.check_keys(asked, "condition", where)
        ends = {side: faults.number(asked[side], f"{where} · {side}", low=-1e15) for side in asked if side != "not"}
        low, high = ends.get("at_least"), ends.get("at_most")
        if low is not None and high is not None and low > high:
            faults.add("E_RULES_CROSSED", where, f"{low:,g} > {high:,g}")
        yield Condition(key, low=-float("inf") if low is None else low, high=float("inf") if high is None else high)
        return
    if not faults.field_name(key, where, (*WORDS, *NUMBERS)):
        return
    turned = isinstance(asked, dict)
    if isinstance(asked, dict) and set(asked) != {"not"}:
        faults.add("E_RULES_WORDS", where, asked)
        return
    words = faults.words(asked["not"] if isinstance(asked, dict) else asked, where)
    values = tuple(dict.fromkeys(key_of(key, word) for word in words))
    faults.check_words(key, values, where)
    yield Condition(key, not_values=values) if turned else Condition(key, values=values)


def _exclusive(name: str, where: str, table: Table, faults: Faults) -> Exclusive:
    ids = faults.projects(table.get("projects"), f"{where} · projects")
    most = faults.number(table.get("at_most", 1), f"{where} · at_most", high=max(len(ids), 1))
    if most is not None and not most.is_integer():
        faults.add("E_RULES_NUMBER", f"{where} · at_most", most, low="0", high=str(len(ids)))
    return Exclusive(name, ids, int(most or 0))


def _depends(name: str, where: str, table: Table, faults: Faults) -> Dependency | None:
    project = faults.projects(table.get("project"), f"{where} · project")
    needs = faults.projects(table.get("needs"), f"{where} · needs")
    any_of = table.get("any", False)
    if not isinstance(any_of, bool):
        faults.add("E_RULES_SWITCH", f"{where} · any", any_of)
    if len(project) > 1:
        faults.add("E_RULES_ONE_PROJECT", f"{where} · project", ", ".join(project))
    if set(project) & set(needs):
        faults.add("E_RULES_SELF", where, project[0])
    return Dependency(name, project[0], needs, any_of is True) if project and needs else None


def _together(name: str, where: str, table: Table, faults: Faults) -> Together:
    return Together(name, faults.projects(table.get("projects"), f"{where} · projects"))


def _partial(name: str, where: str, table: Table, faults: Faults) -> Partial | None:
    if ("projects" in table) == ("where" in table):
        faults.add("E_RULES_PARTIAL", where)
        return None
    share = faults.number(table.get("least_share"), f"{where} · least_share", low=0.001, high=1.0)
    ids = faults.projects(table["projects"], f"{where} · projects") if "projects" in table else ()
    return Partial(name, share or 1.0, ids, _where(table.get("where", {}), f"{where} · where", faults))


def _continuing(name: str, where: str, table: Table, faults: Faults) -> Continuing:
    within = faults.field_name(table["within"], f"{where} · within", WORDS) if "within" in table else ""
    score = faults.number(table.get("score_at_least", 0.0), f"{where} · score_at_least", high=100.0)
    return Continuing(name, within, score or 0.0)


_READERS: Mapping[str, Callable[..., Any]] = {
    "limit": _limit,
    "exclusive": _exclusive,
    "depends": _depends,
    "together": _together,
    "partial": _partial,
    "continuing": _continuing,
}


def check_contradictions(rules: Rules, faults: Faults) -> None:
    """Rules that contradict each other whatever the projects are worth."""
    kept, dropped = set(rules.fixed_in), set(rules.fixed_out)
    for project in sorted(kept & dropped):
        faults.add("E_RULES_BOTH", "fixed", project)
    for exclusive in rules.exclusive:
        held = sorted(kept & set(exclusive.projects))
        if len(held) > exclusive.at_most:
            faults.add("E_RULES_EXCLUSIVE", _at(rules, exclusive.name), ", ".join(held), most=exclusive.at_most)
    for rule in rules.depends:
        missing = [p for p in rule.needs if p in dropped]
        if rule.project in kept and (len(missing) == len(rule.needs) or (missing and not rule.any_of)):
            faults.add("E_RULES_NEEDS_OUT", _at(rules, rule.name), ", ".join(missing), project=rule.project)
    for together in rules.together:
        inside, outside = kept & set(together.projects), dropped & set(together.projects)
        if inside and outside:
            faults.add("E_RULES_TORN", _at(rules, together.name), ", ".join(sorted(inside | outside)))


def _at(rules: Rules, name: str) -> str:
    return rules.addresses.get(name, name)
