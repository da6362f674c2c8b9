"""The colours: calm, one accent, nothing that alarms whoever sees the screen."""

from __future__ import annotations

from textual.theme import Theme

THEME = Theme(
    name="intake",
    dark=True,
    background="#1b2124",
    surface="#20282c",
    panel="#283237",
    foreground="#d8dcd6",
    primary="#8fb5a6",
    secondary="#8fb5a6",
    accent="#8fb5a6",
    warning="#d3b98c",
    error="#d6a892",
    success="#8fb5a6",
    variables={
        "border": "#3a474d",
        "border-blurred": "#2f3a3f",
        "text-muted": "#94a19f",
        "input-selection-background": "#8fb5a6 30%",
        "input-cursor-background": "#d8dcd6",
        "input-cursor-foreground": "#1b2124",
        "footer-key-foreground": "#8fb5a6",
        "block-cursor-background": "#33423f",
        "block-cursor-foreground": "#e8ece6",
        "block-cursor-text-style": "none",
    },
)
