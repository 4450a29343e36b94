"""The addresses of bringing files in."""

from django.urls import URLPattern, path

from fourfold.data.imports.web import committing, mappings, runs, steps

app_name = "imports"
FILE = "import/files/<str:file>/"
urlpatterns: list[URLPattern] = [
    path("import/", runs.runs, name="list"),
    path("import/imports.<endings:ending>", runs.runs_file, name="runs-file"),
    path("import/new/", steps.new, name="new"),
    path(f"{FILE}columns/", steps.columns, name="columns"),
    path(f"{FILE}new-things/", steps.definitions, name="definitions"),
    path(f"{FILE}preview/", committing.preview, name="preview"),
    path(f"{FILE}findings.<endings:ending>", committing.findings_file, name="findings-file"),
    path(f"{FILE}commit/", committing.commit, name="commit"),
    path(f"{FILE}discard/", committing.discard, name="discard"),
    path("import/jobs/<str:job>/", committing.progress, name="progress"),
    path("import/runs/<str:run>/", runs.run, name="run"),
    path("import/runs/<str:run>/withdraw/", runs.withdraw, name="withdraw"),
    path("import/mappings/", mappings.mappings, name="mappings"),
    path("import/mappings/mappings.<endings:ending>", mappings.mappings_file, name="mappings-file"),
    path("import/mappings/<slug:mapping>/rename/", mappings.rename, name="rename-mapping"),
    path("import/mappings/<slug:mapping>/retire/", mappings.retire, name="retire-mapping"),
]
