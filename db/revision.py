"""The schema's revision that this program needs. Compared through the plain driver before Alembic is ever imported."""

REVISIONS = ("0001", "0003")
"""Every released revision, oldest first."""

CURRENT = REVISIONS[-1]
