"""Conflicts of interest: declared by a member, or found because the member works where the project is made."""

import re
import unicodedata

from evaluator.committee.nouns import Member, Round

_BETWEEN = re.compile(r"[、,;/|和及]|\n")
"""What stands between the units that a list writes in one cell."""


def find_conflict(round_: Round, member: Member, project: str) -> str | None:
    """Why a member has nothing to say on a project: ``declared``, ``unit`` or ``township``; ``None`` without conflict.

    The member's unit is one of the operators of the project, or the member's township is the project's.
    """
    if (member.id, project) in round_.declared:
        return "declared"
    proposal = round_.proposals.get(project)
    if proposal is None:
        return None
    unit, township = _folded(member.unit), _folded(member.township)
    operators = {_folded(proposal.unit), *(_folded(part) for part in _BETWEEN.split(_narrow(proposal.unit)))}
    if unit and unit in operators:
        return "unit"
    return "township" if township and township == _folded(proposal.township) else None


def _narrow(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _folded(name: str) -> str:
    return "".join(_narrow(name).split())
