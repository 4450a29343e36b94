"""Whether this process can answer: open to the supervisor, silent about everything else."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

__all__ = ["health"]


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
