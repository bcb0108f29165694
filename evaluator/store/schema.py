"""The tables of the store. Times are UTC as ``2026-01-31T08:00:00Z``, so that both engines sort them alike."""

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("created", String(20), nullable=False),
    Column("expires", String(20)),
    Column("revoked", String(20)),
    Column("revocation_hash", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("version", String(32), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("opened", Integer, nullable=False),
    Column("content", LargeBinary),
    Column("content_hash", String(64), nullable=False),
)

committee_log = Table(
    "committee_log",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("round", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("actor", String(32), nullable=False),
    Column("at", String(20), nullable=False),
    Column("token", String(64), nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("round", "subject", "version"),
    Index("ix_committee_log_round", "round", "seq"),
)
