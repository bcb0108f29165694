"""Published numbers of real panels beside the evaluator's, with the digits on which they agree.

Run by hand: ``python tests/benchmarks/income_digits.py FOLDER [--only mpdta nsw …]``. FOLDER holds the published files
(``mpdta.csv``, ``base_stagg.csv``, ``hh_9198.csv``, ``nsw_mixtape.csv``, ``cps_mixtape.csv``, ``jtrain.csv``,
``ehec_medicaid.csv``, ``graduation_pakistan.csv``, ``divorce.csv``; gz read too); a missing file is passed over and
said. The numbers are in ``income_targets.json``, with their sources. Everything goes through
``evaluator.estimate_effects`` and the bounds it uses.

*digits* are the figures on which both agree, at most those that the published number carries; *all* says that it is
reproduced as far as it was published. ``K`` notes say where the publisher counts other columns in the small-sample
factor of a standard error.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import evaluator as ev
from evaluator.income.findings import IncomeEffects
from evaluator.income.honest import around_reference, bound_relative, bound_smooth
from evaluator.income.uncertainty import cluster_factor

Row = tuple[str, object, float, str]
LEVEL = {"outcome": "income", "scale": "level"}
LOG = {"outcome": "log", "scale": "log"}


def estimate(frame: pd.DataFrame, **rules: Any) -> IncomeEffects:
    """The public call, without checks."""
    settings = ev.Settings().with_values({f"income.{key}": value for key, value in rules.items()})
    return ev.estimate_effects(frame, settings=settings, checks=False)


def at(found: IncomeEffects, year: int, group: str = "all") -> tuple[float, float]:
    """Estimate and error of one year since the start."""
    path = found.paths[group]
    i = int(np.flatnonzero(path.events == year)[0])
    return float(path.estimate[i]), float(path.se[i])


def recount(found: IncomeEffects, se: float, *, ours: int, theirs: int) -> float:
    """The error with another count of columns in fixest's factor."""
    assert found.cells is not None
    c, n = found.n_clusters, found.cells.n_rows
    return float(se * np.sqrt(cluster_factor(c, n, theirs) / cluster_factor(c, n, ours)))


def panel(frame: pd.DataFrame, **columns: object) -> pd.DataFrame:
    """Canonical columns, each unit its own cluster unless one is given."""
    made = pd.DataFrame({name: frame[value] if isinstance(value, str) else value for name, value in columns.items()})
    return made if "cluster_id" in made else made.assign(cluster_id=made["unit_id"])


def pair(name: str, target: list[float], found: tuple[float, float], note: str = "") -> Iterator[Row]:
    """Estimate and error as two rows."""
    yield name, target[0], found[0], note
    yield f"{name} se", target[1], found[1], note


def mpdta(folder: Path, t: dict[str, Any]) -> Iterator[Row]:
    """Minimum wages and teen employment in 500 counties, 2003–2007."""
    raw = read(folder, "mpdta")
    columns = {"unit_id": "countyreal", "year": "year", "outcome": "lemp", "first_year": "first.treat"}
    plain, with_lpop = panel(raw, **columns), panel(raw, **columns, lpop="lpop")
    found = estimate(plain, estimator="twfe", inference="cluster", **LOG)
    yield "twfe D", t["twfe_D"]["est"], found.overall.estimate, ""
    yield "twfe D se, fixest", t["twfe_D"]["se_fixest_ssc"], found.overall.se, ""
    se = recount(found, found.overall.se, ours=6, theirs=2)
    yield "twfe D se, pyfixest", t["twfe_D"]["se_pyfixest060_default"], se, "K = 2"
    found = estimate(plain, estimator="callaway_santanna", control="never", base="varying", inference="cluster", **LOG)
    cells = found.cells
    assert cells is not None and cells.influence is not None
    place = {f"{g},{y}": i for i, (g, y) in enumerate(zip(cells.table["first_year"], cells.table["year"], strict=True))}
    for key, value in t["att_gt_never_reg"].items():
        yield f"ATT({key})", value, float(cells.theta[place[key]]), ""
    for key, value in t["att_gt_se_analytic"].items():
        yield f"ATT({key}) se", value, float(np.sqrt((cells.influence[:, place[key]] ** 2).sum())), ""
    for key, value in t["cs_event_never"].items():
        yield f"CS event {key}", value, at(found, int(key))[0], ""
    for name in ("dynamic_overall", "group_overall_published", "simple_overall"):
        yield f"CS {name}", t[f"cs_{name}"], found.averages[name.split("_")[0]].estimate, ""
    yield "CS pretest p", t["pretest_p_published"], pretest(found), ""
    found = estimate(
        with_lpop,
        estimator="callaway_santanna",
        control="never",
        base="varying",
        inference="cluster",
        continuous="lpop",
        **LOG,
    )
    simple, target = found.averages["simple"], t["cs_dr_lpop_simple"]
    yield from pair(
        "CS doubly robust, lpop", [target["est"], target["se"]], (simple.estimate, simple.se), "within 1e-6"
    )
    found = estimate(plain, estimator="sun_abraham", inference="cluster", **LOG)
    for key, value in t["sunab_event"].items():
        yield from pair(f"sunab {key}", value, at(found, int(key)))
    yield from pair("sunab att", t["sunab_att"], (found.overall.estimate, found.overall.se))
    for name, method in (("etwfe_notyet_simple", "etwfe"), ("bjs_simple", "imputation")):
        found = estimate(plain, estimator=method, inference="cluster", **LOG)
        yield from pair(name, t[name], (found.overall.estimate, found.overall.se))
    found = estimate(with_lpop, inference="cluster", continuous="lpop", **LOG)
    assert found.cells is not None
    for key, value in t["etwfe_lpop_event_published"].items():
        point, se = at(found, int(key))
        se = recount(found, se, ours=found.cells.n_columns, theirs=found.cells.n_columns + 7)
        yield from pair(f"etwfe lpop {key}", value, (point, se), "K + 7: cohort effects and slopes counted")


def pretest(found: IncomeEffects) -> float:
    """Wald test of all effects before the start, chi-squared."""
    from scipy.special import chdtrc

    cells = found.cells
    assert cells is not None and cells.influence is not None
    before = ((cells.table["event"] < 0) & np.isfinite(cells.theta)).to_numpy()
    v = cells.influence[:, before].T @ cells.influence[:, before]
    return float(chdtrc(before.sum(), cells.theta[before] @ np.linalg.solve(v, cells.theta[before])))


def base_stagg(folder: Path, t: dict[str, Any]) -> Iterator[Row]:
    """The staggered panel of fixest: ``y ~ x1 + sunab(year_treated, year) | id + year``."""
    raw = read(folder, "base_stagg")
    start = np.where(raw["year_treated"] > 1000, 0, raw["year_treated"] + 2000)
    made = panel(
        raw.assign(year=raw["year"] + 2000, s=start), unit_id="id", year="year", outcome="y", first_year="s", x1="x1"
    )
    rules = {"inference": "cluster", "continuous": "x1", "least_units": 5, **LEVEL}
    found = estimate(made, estimator="sun_abraham", **rules)
    yield from pair("att", t["att"], (found.overall.estimate, found.overall.se))
    yield from pair("x1", t["x1"], (found.covariates[0].estimate, found.covariates[0].se))
    for key, value in t["event"].items():
        yield f"event {key}", value, at(found, int(key))[0], ""
    found = estimate(made, estimator="twfe", **rules)
    for key, value in t["naive_twfe_event"].items():
        yield f"naive event {key}", value, at(found, int(key))[0], ""


def hh_9198(folder: Path, t: dict[str, Any]) -> Iterator[Row]:
    """Microcredit in Bangladesh, 826 households in 1991 and 1998."""
    raw = read(folder, "hh_9198")
    late = raw[raw["year"] == 1].set_index("nh")["dfmfd"]
    first = raw[raw["year"] == 0].set_index("nh")
    raw = raw.assign(
        y=np.log1p(raw["exptot"]),
        lnland=np.log1p(raw["hhland"] / 100),
        t=np.where(raw["year"] == 1, 1998, 1991),
        s=np.where(raw["nh"].map(late) == 1, 1998, 0),
        village=raw["nh"].map(first["thanaid"].astype(str) + "-" + first["villid"].astype(str)),
    )
    names = ["agehead", "sexhead", "educhead", "lnland", "vaccess", "pcirr", "rice", "wheat", "milk", "oil", "egg"]
    columns = {"unit_id": "nh", "year": "t", "outcome": "y", "first_year": "s"}
    plain, full = panel(raw, **columns), panel(raw, **columns, **dict(zip(names, names, strict=True)))
    found = estimate(plain, estimator="pooled", inference="classical", **LOG).overall
    yield from pair("did ols", [t["did_ols"]["est"], t["did_ols"]["se"]], (found.estimate, found.se))
    yield "did ols t", t["did_ols"]["t"], found.estimate / found.se, ""
    rounds = full.assign(
        unit_id=full["unit_id"].astype(str) + "/" + full["year"].astype(str)
    )  # weights change by round
    rounds = single(rounds.assign(weight=raw["weight"], cluster_id=rounds["unit_id"]))
    found = estimate(rounds, estimator="pooled", inference="hc1", continuous=",".join(names), **LOG).overall
    target = t["did_covars_pw"]
    yield from pair("did covariates, weights", [target["est"], target["se"]], (found.estimate, found.se))
    yield "did covariates, weights t", target["t"], found.estimate / found.se, ""
    found = estimate(plain, inference="classical", **LOG).overall
    yield from pair("fe basic", [t["fe_basic_iid"]["est"], t["fe_basic_iid"]["se"]], (found.estimate, found.se))
    yield "t test of changes", t["ttest"]["diff"], found.estimate, ""
    yield "t test t", t["ttest"]["t"], found.estimate / found.se, ""
    yield "t test p", t["ttest"]["p"], found.p, ""
    yield "n treated", t["ttest"]["n1"], float(found.units), ""
    found = estimate(full, inference="classical", continuous=",".join(names), **LOG).overall
    yield from pair("fe full", [t["fe_full_iid"]["est"], t["fe_full_iid"]["se"]], (found.estimate, found.se))
    yield "fe full t", t["fe_full_iid"]["t"], found.estimate / found.se, ""
    found = estimate(plain, inference="cluster", **LOG)
    yield "fe basic se by household", t["fe_basic_CRV1_household"], found.overall.se, ""
    found = estimate(panel(raw, **columns, cluster_id="village"), inference="cluster", **LOG)
    se = recount(found, found.overall.se, ours=3, theirs=2)
    yield "fe basic se by village", t["fe_basic_CRV1_village87_within_statsmodels"], se, "K = 2: within regression"


def nsw(folder: Path, t: dict[str, Any]) -> Iterator[Row]:
    """Job training by lot: earnings of 1978, with those of 1974 and 1975 before."""
    raw = single(read(folder, "nsw_mixtape"))
    made = earnings(raw)
    for kind, key in (("classical", "se_classical"), ("hc1", "se_HC1"), ("hc2", "se_HC2"), ("hc3", "se_HC3")):
        found = estimate(made, estimator="ancova", baseline="none", inference=kind, **LEVEL).overall
        yield f"difference {key}", t[key], found.se, ""
    yield "difference", t["diff"], found.estimate, ""
    names = "age,educ,black,hisp,marr,nodegree"
    found = estimate(made, estimator="ancova", inference="classical", continuous=names, **LEVEL).overall
    yield from pair("adjusted", t["adj"], (found.estimate, found.se))
    try:
        other = single(read(folder, "cps_mixtape"))
    except FileNotFoundError:
        return
    both = pd.concat([raw[raw["treat"] == 1], other], ignore_index=True)
    found = estimate(earnings(both), estimator="ancova", baseline="none", inference="classical", **LEVEL).overall
    yield from pair("against the CPS", t["vs_cps"], (found.estimate, found.se))


def earnings(raw: pd.DataFrame) -> pd.DataFrame:
    """Earnings in long form, 1974, 1975 and 1978."""
    names = ["age", "educ", "black", "hisp", "marr", "nodegree"]
    parts = [
        pd.DataFrame(
            {
                "unit_id": np.arange(len(raw)),
                "year": year,
                "outcome": raw[f"re{year - 1900}"],
                "first_year": np.where(raw["treat"] == 1, 1978, 0),
                "cluster_id": np.arange(len(raw)),
                **{name: raw[name] for name in names},
            }
        )
        for year in (1974, 1975, 1978)
    ]
    return pd.concat(parts, ignore_index=True)


def jtrain(folder: Path, t: dict[str, Any]) -> Iterator[Row]:
    """Training grants to firms: ``lscrap ~ d88 + d89 + grant + grant_1 | fcode``, grants as years since the start."""
    raw = read(folder, "jtrain").dropna(subset=["lscrap"])
    start = raw[raw["grant"] == 1].groupby("fcode")["year"].min()
    made = panel(
        raw.assign(s=raw["fcode"].map(start).fillna(0).astype(int), f=raw["fcode"].astype(int)),
        unit_id="f",
        year="year",
        outcome="lscrap",
        first_year="s",
    )
    found = estimate(made, estimator="twfe", inference="classical", leads=False, **LOG)
    for year, wave in zip((88, 89), found.waves, strict=True):
        yield from pair(f"d{year}", t[f"d{year}"], (wave.estimate, wave.se))
    yield from pair("grant", t["grant"], at(found, 0))
    yield from pair("grant, a year later", t["grant_1"], at(found, 1))


def ehec_medicaid(folder: Path, t: dict[str, Any]) -> Iterator[Row]:
    """Medicaid and insurance in 46 states; bounds of Rambachan and Roth for the first year."""
    raw = read(folder, "ehec_medicaid")
    raw = raw.assign(s=raw["yexp2"].fillna(0).astype(int))
    columns = {"unit_id": "stfips", "year": "year", "outcome": "dins", "first_year": "s"}
    rules = {"inference": "cluster", **LEVEL}
    part = raw[(raw["year"] < 2016) & (raw["yexp2"] != 2015)]
    part = part.assign(s=np.where(part["s"] == 2014, 2014, 0))
    found = estimate(panel(part, **columns), estimator="sun_abraham", **rules)
    for key, value in t["event_fixest"].items():
        yield from pair(f"event {key}", value, at(found, int(key) - 2014))
    path = found.paths["all"]
    around = around_reference(path.events, path.estimate, path.covariance)
    first = np.eye(len(around.after))[0]
    for key, value in t["HonestDiD_RM_CLF_published"].items():
        bound = bound_relative(around, first, limit=float(key))
        yield f"relative magnitudes {key} low", value[0], bound.low, "within 5e-4"
        yield f"relative magnitudes {key} high", value[1], bound.high, "within 5e-4"
    for key, value in t["HonestDiD_SD_FLCI_published"].items():
        bound = bound_smooth(around, first, limit=float(key))
        yield f"smoothness {key} low", value[0], bound.low, "within 2e-4"
        yield f"smoothness {key} high", value[1], bound.high, "within 2e-4"
    found = estimate(panel(raw, **columns), estimator="sun_abraham", **rules)
    for key, value in t["sunab_full"].items():
        yield from pair(f"sunab {key}", value, at(found, int(key)))
    yield from pair("sunab att", t["sunab_att"], (found.overall.estimate, found.overall.se))


def graduation_pakistan(folder: Path, t: dict[str, Any]) -> Iterator[Row]:
    """The ultra-poor graduation programme in Sindh: consumption two and three years after, given that before."""
    raw = read(folder, "graduation_pakistan")
    six = ["cnonfood_pcmonth", "cfood_pcmonth", "cdurable_pcmonth", "asset_index", "asset_prod_index"]
    for year, suffix in (("year2", "end"), ("year3", "fup")):
        found = estimate(consumption(raw, suffix, []), estimator="ancova", inference="hc1", **LEVEL).overall
        yield from pair(year, t[year], (found.estimate, found.se))
        made = consumption(raw, suffix, six)
        found = estimate(made, estimator="ancova", inference="hc1", continuous=",".join(six), **LEVEL).overall
        yield from pair(f"{year}, six covariates", t["six_cov"][year], (found.estimate, found.se))


def consumption(raw: pd.DataFrame, suffix: str, names: list[str]) -> pd.DataFrame:
    """Consumption before and after in long form."""
    parts = [
        pd.DataFrame(
            {
                "unit_id": raw["id_hh"],
                "year": year,
                "outcome": raw[f"ctotal_pcmonth_{wave}"],
                "first_year": np.where(raw["treatment"] == 1, 2010, 0),
                "cluster_id": raw["id_hh"],
                **{name: raw[f"{name}_bsl"] for name in names},
            }
        )
        for year, wave in ((2008, "bsl"), (2010, suffix))
    ]
    return pd.concat(parts, ignore_index=True).dropna(subset=["outcome"])


def divorce(folder: Path, t: dict[str, Any]) -> Iterator[Row]:
    """Unilateral divorce and suicides of women, 51 states 1964–1996, in windows of two years since the reform."""
    raw = read(folder, "divorce")
    # states that reformed before the panel have the same window in every year: it is part of their unit effect
    start = np.where((raw["divyear"] >= 1965) & (raw["divyear"] < 2000), raw["divyear"], 0)
    made = panel(raw.assign(s=start), unit_id="st", year="year", outcome="suiciderate_elast_jag", first_year="s")
    begins, ends = [0, *range(1, 19, 2), 19], [0, *range(2, 20, 2), 60]
    found = estimate(
        made,
        estimator="twfe",
        inference="cluster",
        leads=False,
        window_from=begins,
        window_to=ends,
        least_units=5,
        **LEVEL,
    )
    for i, window in enumerate(found.windows["all"]):
        yield f"{window.name} computed %", t["computed_pct"][i], 100 * window.estimate, ""
        yield f"{window.name} published %", t["published_pct_SW2006_T1c1"][i], 100 * window.estimate, ""


TARGETS: dict[str, Callable[[Path, dict[str, Any]], Iterator[Row]]] = {
    "mpdta": mpdta,
    "base_stagg": base_stagg,
    "ehec_medicaid": ehec_medicaid,
    "hh_9198": hh_9198,
    "nsw": nsw,
    "jtrain": jtrain,
    "graduation_pakistan": graduation_pakistan,
    "divorce": divorce,
}


def read(folder: Path, name: str) -> pd.DataFrame:
    """One published file."""
    path = next((p for p in (folder / f"{name}.csv", folder / f"{name}.csv.gz") if p.is_file()), None)
    if path is None:
        raise FileNotFoundError(name)
    return pd.read_csv(path)


def single(raw: pd.DataFrame) -> pd.DataFrame:
    """Numbers as the published file stored them, in single precision, of which the text shows seven figures."""
    numbers = raw.select_dtypes("float").columns
    return raw.assign(**{name: raw[name].astype(np.float32).astype(float) for name in numbers})


def agree(target: float, ours: float) -> tuple[int, bool]:
    """Significant figures on which both agree, and whether it is all that the published number carries."""
    written = Decimal(repr(target))
    places = -int(written.as_tuple().exponent)
    carried = len(written.as_tuple().digits)
    if np.isfinite(ours) and round(Decimal(repr(float(ours))), places) == written:
        return carried, True
    if not np.isfinite(ours):
        return 0, False
    size = abs(ours - target) / max(abs(target), 1e-300)
    return max(0, min(carried, int(np.floor(-np.log10(2 * size))))), False


def within(note: str, target: float, ours: float) -> bool:
    """Whether a note allows the difference."""
    return note.startswith("within ") and abs(ours - target) <= float(note.removeprefix("within "))


def main() -> int:
    """Print the table; the exit code is the number of targets not reproduced."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--only", nargs="+", choices=list(TARGETS), default=list(TARGETS))
    options = parser.parse_args()
    targets = json.loads(Path(__file__).with_name("income_targets.json").read_text("utf-8"))
    print(f"{'panel':<20} {'number':<34} {'published':>18} {'ours':>18} {'digits':>6}")
    short, count = 0, 0
    for name in options.only:
        try:
            rows = list(TARGETS[name](options.folder, targets[name]))
        except FileNotFoundError as fault:
            print(f"{name:<20} no file {fault}")
            continue
        for what, target, ours, note in rows:
            digits, whole = agree(float(target), ours)
            reached = whole or digits >= 8 or within(note, float(target), ours)
            mark = "all" if whole else f"{digits}"
            count, short = count + 1, short + (not reached)
            print(f"{name:<20} {what:<34} {target!s:>18} {ours:>18.10g} {mark:>6}  {'' if reached else 'SHORT '}{note}")
    print(
        f"\n{count} numbers, {count - short} reproduced as far as they were published (or to 8 figures), {short} short"
    )
    return short


if __name__ == "__main__":
    sys.exit(min(main(), 100))
