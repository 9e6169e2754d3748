"""Migrations, applied by `db.schema.migrate`; `python -m db.migrations "What changes"` writes one."""
