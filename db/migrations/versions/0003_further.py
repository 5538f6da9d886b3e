"""Several procedures in one sitting: what is done with a visit's first procedure stands on the visit."""

from __future__ import annotations

from alembic import op

from db.released import run_script

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), revision)


def downgrade() -> None:
    raise NotImplementedError("a newer file is never turned back; restore the copy that was made before")
