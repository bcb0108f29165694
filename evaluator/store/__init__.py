"""The store: saved views and the committee's records in SQLite or PostgreSQL; the only room that knows the database."""
