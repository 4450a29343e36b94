"""The same application for an ASGI server; the views are synchronous, and `request.scope` is ours, not ASGI's."""

from asgiref.wsgi import WsgiToAsgi

from fourfold.config.wsgi import application as wsgi_application

application = WsgiToAsgi(wsgi_application)  # type: ignore[no-untyped-call]
