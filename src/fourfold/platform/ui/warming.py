"""What a fresh process would otherwise do while somebody waits for their first page."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

from django.apps import apps
from django.template.loader import get_template
from django.urls import get_resolver

__all__ = ["begin_to_warm_charts", "warm_pages"]


def warm_pages() -> int:
    """Import every view and compile every template of the house; answers how many of these. Costs seconds."""
    assert get_resolver().url_patterns
    names = [
        name
        for app in apps.get_app_configs()
        if app.name.startswith("fourfold.")
        for name in _pages(app.path)
    ]
    for name in names:
        get_template(name)
    return len(names)


def begin_to_warm_charts() -> Thread:
    """Start the charts' compiler beside the first answers: a second that only the first chart would wait for."""
    from fourfold.platform.ui.charts.compiling import start_compiler

    thread = Thread(target=start_compiler, name="warm-charts", daemon=True)
    thread.start()
    return thread


def _pages(app: str) -> list[str]:
    root = Path(app) / "templates"
    return sorted(str(page.relative_to(root)) for page in root.rglob("*.html"))
