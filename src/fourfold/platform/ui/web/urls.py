"""The shell's own addresses."""

from django.urls import path

from fourfold.platform.ui.web import views

app_name = "ui"
urlpatterns = [path("theme/", views.choose_theme, name="theme")]
