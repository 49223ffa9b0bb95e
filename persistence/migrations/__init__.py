"""The migration scripts, run by `persistence.migrate`."""
