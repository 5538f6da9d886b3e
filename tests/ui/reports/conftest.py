from tests.ui.panels.fixtures import (
    address,
    dressed,
    heard,
    inspector,
    keys,
    migrated_file,
    ortiz,
    services,
    take_down,
)

__all__ = ["address", "dressed", "heard", "inspector", "keys", "migrated_file", "ortiz", "services", "take_down"]
