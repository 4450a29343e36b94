"""The addresses of measures, their targets, and applying them to units."""

from __future__ import annotations

from django.urls import URLPattern, path

from fourfold.governance.changes.web import (
    apply_views,
    measure_list,
    measure_views,
    target_grid_views,
    target_views,
)

__all__ = ["MEASURE_ADDRESSES"]

MEASURE_ADDRESSES: list[URLPattern] = [
    path("measures/", measure_list.measures, name="measures"),
    path("measures/measures.<endings:ending>", measure_list.measures_file, name="measures-file"),
    path("edit/measures/new/", measure_views.new, name="measure-new"),
    path("edit/measures/preview/", measure_views.preview, name="measure-preview"),
    path("edit/measures/<slug:measure>/", measure_views.change, name="measure"),
    path("edit/measures/<slug:measure>/retire/", measure_views.retire, name="measure-retire"),
    path("edit/measures/<slug:measure>/restore/", measure_views.restore, name="measure-restore"),
    path("edit/targets/<slug:measure>/", target_grid_views.targets, name="targets"),
    path("edit/targets/<slug:measure>/<slug:unit>/", target_views.target, name="target"),
    path("edit/targets/<slug:measure>/<slug:unit>/preview/", target_views.preview, name="target-preview"),
    path("edit/apply/", apply_views.apply, name="apply"),
]
