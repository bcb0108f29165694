"""The committee's log, which the database itself lets nobody change or shorten."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SQLITE = (
    "create trigger committee_log_no_update before update on committee_log "
    "begin select raise(abort, 'committee_log is append-only'); end",
    "create trigger committee_log_no_delete before delete on committee_log "
    "begin select raise(abort, 'committee_log is append-only'); end",
    "create trigger committee_log_no_replace before insert on committee_log "
    "when exists (select 1 from committee_log where seq = new.seq or token = new.token "
    "or (round = new.round and subject = new.subject and version = new.version)) "
    "begin select raise(abort, 'committee_log is append-only'); end",
)
_POSTGRESQL = (
    "create function committee_log_refuse() returns trigger language plpgsql as "
    "$$ begin raise exception 'committee_log is append-only'; end $$",
    "create trigger committee_log_no_change before update or delete on committee_log "
    "for each row execute function committee_log_refuse()",
    "create trigger committee_log_no_truncate before truncate on committee_log "
    "for each statement execute function committee_log_refuse()",
)


def upgrade() -> None:
    """Make the log with the triggers that guard it."""
    op.create_table(
        "committee_log",
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("round", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("actor", sa.String(32), nullable=False),
        sa.Column("at", sa.String(20), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_committee_log"),
        sa.UniqueConstraint("token", name="uq_committee_log_token"),
        sa.UniqueConstraint("round", "subject", "version", name="uq_committee_log_round"),
    )
    op.create_index("ix_committee_log_round", "committee_log", ["round", "seq"])
    guards = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
    for statement in guards.get(op.get_bind().dialect.name, ()):
        op.execute(statement)


def downgrade() -> None:
    """Drop the log with everything in it."""
    op.drop_table("committee_log")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop function committee_log_refuse()")
