"""The password of the downtime copy in the system's keyring, where this computer has one; else it is kept nowhere."""

from __future__ import annotations

from typing import Any

SERVICE, NAME = "Front Desk", "downtime copy"


def has_keyring() -> bool:
    """Whether there is a keyring that really keeps something."""
    return _keyring() is not None


def kept_password() -> str:
    """The empty text where none is kept."""
    keyring = _keyring()
    return (keyring.get_password(SERVICE, NAME) or "") if keyring is not None else ""


def keep_password(password: str) -> None:
    """Keeps it, or forgets what was kept."""
    keyring = _keyring()
    if keyring is None:
        return
    if password:
        keyring.set_password(SERVICE, NAME, password)
    elif keyring.get_password(SERVICE, NAME) is not None:
        keyring.delete_password(SERVICE, NAME)


def _keyring() -> Any:
    """The keyring's own package, if it is installed; one that only fails, or keeps a plain file, is none."""
    try:
        import keyring
        from keyring.backends import fail
    except ImportError:
        return None
    backend = keyring.get_keyring()
    plain = isinstance(backend, fail.Keyring) or "alt" in type(backend).__module__ or backend.priority < 1
    return None if plain else keyring
