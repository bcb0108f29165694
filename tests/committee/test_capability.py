"""Every role, action and phase against a table written down apart from the code."""

import pytest

from evaluator.committee.capability import CAPABILITIES, PHASES, ROLES, allows

# Letters: draft, independent, discussion, Decision (v for vote), closed; columns: chair reviewer secretary observer
# applicant public.
EXPECTED = """
see_round      dixvc .ixvc dixvc .ixvc .ixvc -
see_members    dixvc .ixvc dixvc .ixvc -     -
see_progress   .ixvc -     .ixvc -     -     -
see_reviews    ..xvc ..xvc ..xvc ..xvc -     -
see_decisions  ...vc ...vc ...vc ...vc ....c ....c
see_record     dixvc ....c dixvc ....c -     -
review         .ix.. .ix.. -     -     -     -
declare        .ixv. .ixv. -     -     -     -
dissent        ...v. ...v. -     -     -     -
answer         .ixv. -     .ixv. -     -     -
decide         ...v. -     -     -     -     -
invite         dixv. -     dixv. -     -     -
revoke         dixvc -     dixvc -     -     -
remove         d.... -     d.... -     -     -
replace        dixv. -     -     -     -     -
move           dixv. -     -     -     -     -
reopen         ....c -     -     -     -     -
"""
LETTERS = dict(zip("dixvc", PHASES, strict=True))
COLUMNS = ("chair", "reviewer", "secretary", "observer", "applicant", "public")
ALLOWED = {
    (role, line.split()[0], LETTERS[letter])
    for line in EXPECTED.strip().splitlines()
    for role, cell in zip(COLUMNS, line.split()[1:], strict=True)
    for letter in cell.replace(".", "").replace("-", "")
}
ACTIONS = [line.split()[0] for line in EXPECTED.strip().splitlines()]


@pytest.mark.parametrize("role", [*ROLES, "stranger", ""])
def test_the_table_holds_for_every_role_action_and_phase(role):
    for action in [*ACTIONS, "unheard_of", ""]:
        for phase in [*PHASES, "never", ""]:
            assert allows(role, action, phase) == ((role, action, phase) in ALLOWED), (role, action, phase)


def test_the_two_tables_name_the_same_actions_and_roles():
    assert set(CAPABILITIES) == set(ACTIONS)
    assert set(ROLES) == set(COLUMNS)
