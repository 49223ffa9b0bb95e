"""Themes: what they are, how they inherit, and what they ask of a text."""

from dnd.themes.contract import ThemeContract, apply_theme
from dnd.themes.library import built_in_themes, resolve_theme, theme_by_id, theme_hash
from dnd.themes.registers import RegisterProfile, register_profile
from dnd.themes.theme import Theme

__all__ = [
    "RegisterProfile",
    "Theme",
    "ThemeContract",
    "apply_theme",
    "built_in_themes",
    "register_profile",
    "resolve_theme",
    "theme_by_id",
    "theme_hash",
]
