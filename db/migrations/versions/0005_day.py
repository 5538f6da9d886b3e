"""The steps of a visit through its day, what is checked before it goes home, and what is known of beds."""

from __future__ import annotations

from alembic import op

from db.released import run_script

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), revision)


def downgrade() -> None:
    raise NotImplementedError("a newer file is never turned back; restore the copy that was made before")
