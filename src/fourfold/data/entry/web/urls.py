"""The addresses of entering values, of what is due, and of closing periods."""

from django.urls import URLPattern, path

from fourfold.data.entry.web import due, grid, periods, restatements

app_name = "entry"
urlpatterns: list[URLPattern] = [
    path("entry/", grid.door, name="door"),
    path("entry/<slug:unit>/<str:period>/", grid.grid, name="grid"),
    path("entry/<slug:unit>/<str:period>/draft/", grid.draft, name="draft"),
    path("due/", due.due, name="due"),
    path("due/due.<endings:ending>", due.due_file, name="due-file"),
    path("periods/", periods.door, name="periods"),
    path("periods/<slug:unit>/", periods.board, name="board"),
    path("periods/<slug:unit>/periods.<endings:ending>", periods.board_file, name="board-file"),
    path("restatements/", restatements.restatements, name="restatements"),
    path(
        "restatements/restatements.<endings:ending>", restatements.restatements_file, name="restatements-file"
    ),
    path("restatements/<int:restatement>/", restatements.decide, name="decide"),
]
