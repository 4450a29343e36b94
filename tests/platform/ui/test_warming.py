"""What a process does before it takes requests, so that nobody's first page waits for it."""

from pathlib import Path

from django.urls import get_resolver

import fourfold
from fourfold.platform.ui.charts.compiling import _svg
from fourfold.platform.ui.warming import begin_to_warm_charts, warm_pages


def test_every_template_of_the_house_is_compiled_and_every_view_imported():
    pages = Path(fourfold.__file__).parent.glob("*/*/templates/**/*.html")

    assert warm_pages() == len(list(pages))
    assert "url_patterns" in vars(get_resolver())


def test_the_compiler_of_charts_is_started_beside_the_first_answers():
    _svg.cache_clear()
    begin_to_warm_charts().join()

    assert _svg.cache_info().currsize == 1
