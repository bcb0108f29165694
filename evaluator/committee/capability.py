"""Who may do what when: one table of roles, actions and phases. What it does not name nobody may do."""

from collections.abc import Mapping

PHASES = ("draft", "independent", "discussion", "decision", "closed")
MEMBER_ROLES = ("chair", "reviewer", "secretary", "observer", "applicant")
ROLES = (*MEMBER_ROLES, "public")
MARKING = ("chair", "reviewer")
"""Roles that mark, vote and make the quorum."""

_BEGUN = PHASES[1:]
_TALKING = PHASES[2:]
_DECIDED = PHASES[3:]
_OPEN = PHASES[:4]
_CLOSED = PHASES[4:]
CAPABILITIES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "see_round": {"chair": PHASES, "secretary": PHASES, "reviewer": _BEGUN, "observer": _BEGUN, "applicant": _BEGUN},
    "see_members": {"chair": PHASES, "secretary": PHASES, "reviewer": _BEGUN, "observer": _BEGUN},
    "see_progress": {"chair": _BEGUN, "secretary": _BEGUN},
    "see_reviews": {"chair": _TALKING, "reviewer": _TALKING, "secretary": _TALKING, "observer": _TALKING},
    "see_decisions": {
        "chair": _DECIDED,
        "reviewer": _DECIDED,
        "secretary": _DECIDED,
        "observer": _DECIDED,
        "applicant": _CLOSED,
        "public": _CLOSED,
    },
    "see_record": {"chair": PHASES, "secretary": PHASES, "reviewer": _CLOSED, "observer": _CLOSED},
    "review": {"chair": PHASES[1:3], "reviewer": PHASES[1:3]},
    "declare": {"chair": PHASES[1:4], "reviewer": PHASES[1:4]},
    "dissent": {"chair": PHASES[3:4], "reviewer": PHASES[3:4]},
    "answer": {"chair": PHASES[1:4], "secretary": PHASES[1:4]},
    "decide": {"chair": PHASES[3:4]},
    "invite": {"chair": _OPEN, "secretary": _OPEN},
    "revoke": {"chair": PHASES, "secretary": PHASES},
    "remove": {"chair": PHASES[:1], "secretary": PHASES[:1]},
    "replace": {"chair": _OPEN},
    "move": {"chair": _OPEN},
    "reopen": {"chair": _CLOSED},
}
"""Action to role to the phases in which the role may do it."""


def allows(role: str, action: str, phase: str) -> bool:
    """Whether a member of this role may do this in this phase."""
    return phase in CAPABILITIES.get(action, {}).get(role, ())
