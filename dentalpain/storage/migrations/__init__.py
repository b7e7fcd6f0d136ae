"""Alembic's folder: `env.py` runs the steps under `versions/`; see `storage.migrate`."""
