"""The audit trail by time: a day as it stood and the work of a period are read without the years before."""

from __future__ import annotations

from alembic import op

from db.released import run_script

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), revision)


def downgrade() -> None:
    raise NotImplementedError("a newer file is never turned back; restore the copy that was made before")
