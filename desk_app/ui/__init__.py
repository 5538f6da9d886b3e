"""Qt: the window, its screens, item models and custom-painted views."""
