"""The addresses of driver trees and variances."""

from django.urls import URLPattern, path

from fourfold.practices.finance.web import drivers, market, variance

app_name = "finance"
DRIVERS = "drivers/<slug:measure>/<slug:unit>/<str:period>/"
VARIANCE = "variance/<slug:measure>/<slug:unit>/<str:period>/"
urlpatterns: list[URLPattern] = [
    path(DRIVERS, drivers.tree, name="drivers"),
    path(f"{DRIVERS}waterfall.svg", drivers.waterfall, name="waterfall"),
    path(f"{DRIVERS}estimated.svg", drivers.estimated, name="estimated"),
    path(f"{DRIVERS}drivers.<pictures:ending>", drivers.picture, name="drivers-picture"),
    path(f"{DRIVERS}drivers.<endings:ending>", drivers.table, name="drivers-file"),
    path(VARIANCE, variance.path, name="variance"),
    path(f"{VARIANCE}market/", market.market, name="market"),
    path(f"{VARIANCE}waterfall.svg", variance.waterfall, name="variance-waterfall"),
    path(f"{VARIANCE}decision-path.txt", variance.pack, name="variance-pack"),
    path(f"{VARIANCE}prices.svg", variance.prices_waterfall, name="prices-waterfall"),
    path(f"{VARIANCE}price-volume-mix.<pictures:ending>", variance.prices_file, name="prices-picture"),
    path(f"{VARIANCE}price-volume-mix.<endings:ending>", variance.prices_rows, name="prices-file"),
    path(f"{VARIANCE}variance.<pictures:ending>", variance.picture, name="variance-picture"),
    path(f"{VARIANCE}variance.<endings:ending>", variance.table, name="variance-file"),
]
