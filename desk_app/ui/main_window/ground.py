"""The ground of the window: all that its first frame shows, since nothing else of the program is loaded yet."""

from __future__ import annotations


def ground_color(scheme: str, desktop_is_dark: bool) -> str:
    """Of the theme that will be worn, as ``#RRGGBB``; contrast that only the desktop asks for comes with the frame."""
    which = int(scheme == "dark" or (scheme != "light" and desktop_is_dark))
    if scheme == "contrast":
        from desk_app.ui.contrast_values import CONTRAST_ROLES

        return CONTRAST_ROLES["window"][which]
    from desk_app.ui.palette_values import ROLES

    return ROLES["window"][which]
