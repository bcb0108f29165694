"""Random rules of every kind over an invented list."""

from hypothesis import strategies as st

from evaluator.choice.rules import Condition, Continuing, Dependency, Exclusive, Limit, Partial, Rules, Together
from tests.choice.made import PRODUCTS, TOWNSHIPS

WHERE = st.lists(
    st.one_of(
        st.builds(Condition, field=st.just("product"), values=st.sets(st.sampled_from(PRODUCTS), min_size=1, max_size=2).map(tuple)),  # noqa: E501
        st.builds(Condition, field=st.just("township"), values=st.sampled_from(TOWNSHIPS).map(lambda t: (t,))),
        st.builds(Condition, field=st.just("stage"), not_values=st.just(("grow",))),
        st.builds(Condition, field=st.just("kind"), values=st.sampled_from([("industry",), ("employment",)])),
        st.builds(Condition, field=st.just("flag"), values=st.sampled_from([("flag", "watch"), ("none",)])),
        st.builds(Condition, field=st.just("horizon"), values=st.sampled_from([("up_to_1", "1_to_3"), ("over_5",)])),
        st.builds(Condition, field=st.just("benefit_years"), low=st.sampled_from([2.0, 5.0])),
        st.builds(Condition, field=st.just("score"), high=st.sampled_from([45.0, 60.0])),
        st.builds(Condition, field=st.just("cluster"), values=st.sampled_from([("C1",), ("C2",)])),
    ),
    max_size=2,
).map(tuple)  # fmt: skip
CLUSTERS = {"P00": "C1", "P03": "C1", "P05": "C2", "P06": "C2", "P08": "C2"}


@st.composite
def limits(draw, name, *, both=True, each=True):
    """One cap or floor of any measure and base."""
    measure = draw(st.sampled_from(["funds", "funds", "projects", "households", "labour_days_year", "area_mu"]))
    of = draw(st.sampled_from(["amount", "chosen", "budget"] if measure == "funds" else ["amount", "chosen"]))
    most = {"funds": 6e6, "projects": 8, "households": 900, "labour_days_year": 30_000, "area_mu": 2_000}[measure]
    share = draw(st.integers(1, 20)) / 20
    bound = share if of != "amount" else round(share * most, 1)
    side = draw(st.sampled_from(["at_least", "at_most", "both"] if both else ["at_least", "at_most"]))
    sides = {"at_least": bound / 2, "at_most": bound} if side == "both" else {side: bound}
    return Limit(
        name=name,
        where=draw(WHERE),
        measure=measure,
        of=of,
        among=draw(WHERE) if of == "chosen" and draw(st.booleans()) else (),
        each=draw(st.sampled_from(["", "", "township", "product", "cluster", "horizon"])) if each else "",
        unknown=draw(st.sampled_from([0.0, 10.0])),
        **sides,
    )


@st.composite
def rules(draw, count, *, simple=False, partial=False):
    """Up to six rules of every kind; ``simple`` limits have one bound and one group."""
    ids = [f"P{k:02d}" for k in range(count)]
    some = st.lists(st.sampled_from(ids), min_size=2, max_size=4, unique=True).map(tuple)
    fixed = draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))
    cut = draw(st.integers(0, len(fixed)))
    kinds = draw(st.lists(st.sampled_from(["exclusive", "depends", "together", "continuing"]), max_size=2, unique=True))
    project, *needs = draw(some)
    joint = draw(some)
    return Rules(
        limits=tuple(
            draw(limits(f"limit {k}", both=not simple, each=not simple)) for k in range(draw(st.integers(0, 4)))
        ),
        exclusive=(Exclusive("exclusive", draw(some), draw(st.integers(1, 2))),) if "exclusive" in kinds else (),
        depends=(Dependency("depends", project, tuple(needs), draw(st.booleans())),) if "depends" in kinds else (),
        together=(Together("together", joint),) if "together" in kinds else (),
        continuing=(
            Continuing("continuing", draw(st.sampled_from(["", "township"])), draw(st.sampled_from([0.0, 50.0]))),
        )
        if "continuing" in kinds
        else (),
        partial=(Partial("partial", draw(st.sampled_from([0.1, 0.5])), draw(some)),) if partial else (),
        fixed_in=tuple(fixed[:cut]),
        fixed_out=tuple(fixed[cut:]),
    )
