"""The tables of the store. Times are UTC as ``2026-01-31T08:00:00Z``, so that both engines sort them alike."""

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, Text

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
