"""The demo practice's data: invented people and a diary around the present day, the same for the same seed and day."""

from desk_app.application.demo.store import SEED, store_demo

__all__ = ["SEED", "store_demo"]
