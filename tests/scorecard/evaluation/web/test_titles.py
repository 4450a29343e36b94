"""What a browser's tab says: what the page is first, the organisation once and last."""

import pytest


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/scorecards/bakery/2026-09/", "Scorecard · September 2026 · Harbour Bakery"),
        ("/scorecards/old-town/2026-09/", "Scorecard · September 2026 · Old Town shop · Harbour Bakery"),
        ("/maps/bakery/2026-09/", "Strategy map · September 2026 · Harbour Bakery"),
        ("/measures/punctuality/bakery/2026-09/", "Orders on time · September 2026 · Harbour Bakery"),
    ],
)
def test_a_title_begins_with_what_differs_and_names_the_organisation_once(read, ana, address, title):
    assert " ".join(read(ana, address).title.text.split()) == title
