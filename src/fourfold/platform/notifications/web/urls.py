"""The addresses of what one is told."""

from django.urls import path

from fourfold.platform.notifications.web import views

app_name = "notifications"
urlpatterns = [
    path("notifications/", views.notices, name="list"),
    path("notifications/read/", views.read_all, name="read_all"),
    path("notifications/<int:notice_id>/open/", views.open_notice, name="open"),
    path("notifications/<int:notice_id>/read/", views.read, name="read"),
    path("notifications/settings/", views.settings, name="settings"),
]
