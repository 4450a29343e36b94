"""The addresses of evidence."""

from django.urls import URLPattern, path

from fourfold.governance.evidence.web import deciding, views

app_name = "evidence"
LINK = "evidence/<slug:source>/<slug:target>/<slug:unit>/<str:period>/"
urlpatterns: list[URLPattern] = [
    path("evidence/<slug:unit>/<str:period>/", views.evidence, name="evidence"),
    path("evidence/<slug:unit>/<str:period>/links.<endings:ending>", views.links_file, name="links-file"),
    path("evidence/<slug:unit>/<str:period>/test/", views.ask, name="test"),
    path(LINK, views.link, name="link"),
    path(f"{LINK}correlations.<endings:ending>", views.correlations_file, name="correlations-file"),
    path(f"{LINK}plot.<pictures:ending>", views.plot_file, name="plot-file"),
    path(f"{LINK}units.<pictures:ending>", views.forest_file, name="forest-file"),
    path(f"{LINK}what-if.<endings:ending>", views.simulation_file, name="simulation-file"),
    path(f"{LINK}register/", deciding.register, name="register"),
    path(f"{LINK}decide/", deciding.decide, name="decide"),
]
