"""The addresses of talking about the numbers."""

from django.urls import URLPattern, path

from fourfold.governance.annotations.web import judging, threads

app_name = "annotations"
THING = "<slug:subject>/<slug:key>/<slug:unit>/<str:period>/"
THREAD = "annotations/<int:annotation>/"
OVERRIDE = "overrides/<slug:objective>/<slug:unit>/<str:period>/"
urlpatterns: list[URLPattern] = [
    path(f"annotations/{THING}", threads.talk, name="talk"),
    path(f"{THREAD}reply/", threads.thread, name="reply"),
    path(f"{THREAD}remarks/<int:number>/", threads.correct, name="correct"),
    path(f"{THREAD}resolve/", threads.settle, {"is_open": False}, name="resolve"),
    path(f"{THREAD}reopen/", threads.settle, {"is_open": True}, name="reopen"),
    path("analyses/<slug:unit>/<str:period>/", judging.analyses, name="analyses"),
    path(
        "analyses/<slug:unit>/<str:period>/analyses.<endings:ending>",
        judging.analyses_file,
        name="analyses-file",
    ),
    path(f"analyses/{THING}", judging.analysis, name="analysis"),
    path(OVERRIDE, judging.override, name="override"),
    path(f"{OVERRIDE}withdraw/", judging.withdraw, name="withdraw"),
]
