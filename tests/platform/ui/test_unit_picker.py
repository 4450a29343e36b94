"""The unit picker: the whole tree where it is small, the neighbourhood where it is large, and only what one may see."""

from fourfold.engine.definitions import Unit
from fourfold.platform.ui.unit_picker import MANY_UNITS, unit_picker

TREE = (
    Unit("company", "Company", None, "enterprise"),
    Unit("north", "North", "company", "region"),
    Unit("oslo", "Oslo", "north", "site"),
    Unit("bergen", "Bergen", "north", "site"),
    Unit("south", "South", "company", "region"),
    Unit("rome", "Rome", "south", "site"),
)


def outline(branches):
    return [(branch.key, outline(branch.branches)) for branch in branches]


def test_the_tree_is_shown_in_listed_order():
    picker = unit_picker(TREE, current="north")

    assert outline(picker.roots) == [
        ("company", [("north", [("oslo", []), ("bergen", [])]), ("south", [("rome", [])])])
    ]


def test_the_way_down_to_the_current_unit_is_known():
    picker = unit_picker(TREE, current="bergen")

    assert [branch.key for branch in picker.path] == ["company", "north", "bergen"]
    assert [branch.key for branch in picker.ancestors] == ["company", "north"]
    assert picker.current.is_current


def test_what_lies_outside_ones_sight_is_not_listed_and_ancestors_are_named_but_closed():
    picker = unit_picker(TREE, current="north", visible={"north", "oslo", "bergen"})

    assert outline(picker.roots) == [("company", [("north", [("oslo", []), ("bergen", [])])])]
    assert not picker.roots[0].is_open_to_viewer
    assert picker.current.is_open_to_viewer


def test_of_a_large_tree_the_neighbourhood_is_listed():
    regions = [Unit(f"region-{number}", f"Region {number}", "company", "region") for number in range(20)]
    sites = [
        Unit(f"site-{region}-{number}", f"Site {region}.{number}", f"region-{region}", "site")
        for region in range(20)
        for number in range(MANY_UNITS // 10)
    ]
    picker = unit_picker((TREE[0], *regions, *sites), current="region-7")

    listed = outline(picker.roots)[0][1]
    assert not picker.is_whole
    assert [key for key, _ in listed] == [f"region-{number}" for number in range(20)]
    assert {key for key, below in listed if below} == {"region-7"}
