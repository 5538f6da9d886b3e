"""The first schema: the whole domain, with what the database itself refuses.

The statements lie in ``db/migrations/sql`` as plain SQL, one file a database, and never change once released.
"""

from __future__ import annotations

from alembic import op

from db.released import run_script

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), revision)


def downgrade() -> None:
    raise NotImplementedError("a newer file is never turned back; restore the copy that was made before")
