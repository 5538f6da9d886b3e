from tests.ui.panels.fixtures import (
    address,
    dressed,
    heard,
    inspector,
    keys,
    ortiz,
    services,
    take_down,
)

__all__ = ["address", "dressed", "heard", "inspector", "keys", "ortiz", "services", "take_down"]
