"""Whether this process can answer, and whether the work gets done: open to the supervisor, silent about all else."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fourfold.platform.jobs.queries import known_worker_seen_at

__all__ = ["health", "readiness"]

WORKER_IS_SILENT_AFTER = timedelta(minutes=1)  # it shows itself every ten seconds


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Ask the database one question; 503 where it does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def readiness(request: HttpRequest) -> HttpResponse:
    """503 where the database does not answer. A silent worker is named, but pages are answered without one."""
    try:
        seen = known_worker_seen_at()
    except DatabaseError:
        return HttpResponse("database: silent\n", status=503, content_type="text/plain")
    # Either way: where the clock was turned back, the last sign lies ahead.
    is_there = seen is not None and abs(timezone.now() - seen) < WORKER_IS_SILENT_AFTER
    worker = "ok" if is_there else "silent" if seen else "none"
    return HttpResponse(f"database: ok\nworker: {worker}\n", content_type="text/plain")
