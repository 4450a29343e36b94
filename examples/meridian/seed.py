"""Write Meridian's data files and targets anew; the same seed gives the same bytes.

Run from anywhere: `python examples/meridian/seed.py`. Stories planted here, to be found in the product:

- a lead measure that truly leads: on-time, in-full delivery follows schedule adherence by two months;
- a mix effect: every service delivers better than a year ago, the total falls because full loads grew;
- a special cause: dock-to-dock time in Venlo, February and March 2026; injuries in Antwerp, May 2026;
- a green parent that hides two reds: first-contact resolution in the Nordics (Gothenburg and Oslo);
  the objective "Build a skilled workforce" (training hours and vacancies);
- a restated value: Hamburg's revenue of June 2026, invoiced twice, corrected on 17 August;
- a feed gone stale: the decision log, silent since June 2026;
- an over-optimistic target: fleet utilisation, 82 % against a history of about 71 %;
- a market that shrinks: shipments of everybody in DACH, since February 2026.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
SEED = 20_261_008
FIRST_MONTH = 2023 * 12 + 9  # October 2023, counted as year * 12 + month - 1
MONTHS = 36
SERVICES = ("parcel", "pallet", "full-load")


@dataclass(frozen=True, slots=True)
class Site:
    """A site with its size relative to the average one and the month, counted from the first, in which it opened."""

    key: str
    region: str
    size: float
    opened: int = 0


SITES = (
    Site("rotterdam", "benelux", 1.9),
    Site("antwerp", "benelux", 1.3),
    Site("venlo", "benelux", 1.0),
    Site("utrecht", "benelux", 0.6),
    Site("hamburg", "dach", 1.7),
    Site("frankfurt", "dach", 1.2),
    Site("munich", "dach", 1.1),
    Site("vienna", "dach", 0.5, opened=6),
    Site("copenhagen", "nordics", 1.5),
    Site("gothenburg", "nordics", 0.4),
    Site("oslo", "nordics", 0.35),
    Site("barcelona", "iberia", 1.0),
    Site("madrid", "iberia", 0.9),
    Site("lisbon", "iberia", 0.5),
)
REGIONS = ("benelux", "dach", "nordics", "iberia")
PLANNED_SHARE = 0.18  # of all shipments sent in a region


def month_key(index: int) -> str:
    """`2023-10` for 0."""
    year, month = divmod(FIRST_MONTH + index, 12)
    return f"{year}-{month + 1:02d}"


def known_on(index: int, *, day: int = 5) -> str:
    """The moment a month's values arrive: 06:00 UTC on a day of the following month."""
    year, month = divmod(FIRST_MONTH + index + 1, 12)
    return f"{year}-{month + 1:02d}-{day:02d}T06:00:00Z"


def quarter_of(index: int) -> str:
    """`2023-Q4` for 0."""
    year, month = divmod(FIRST_MONTH + index, 12)
    return f"{year}-Q{month // 3 + 1}"


def persistent(rng: np.random.Generator, *, length: int, keep: float, spread: float) -> list[float]:
    """An AR(1) series around zero: what stays from month to month."""
    level, series = 0.0, []
    for shock in rng.normal(0.0, spread, length):
        level = keep * level + float(shock)
        series.append(level)
    return series


def season(index: int, *, swing: float) -> float:
    """Transport peaks in November and dips in February."""
    month = (FIRST_MONTH + index) % 12
    return 1.0 + swing * math.cos(2 * math.pi * (month - 10) / 12)


def share_of(rng: np.random.Generator, total: float, share: float) -> int:
    """A count drawn for a share of a total, kept inside it."""
    count = round(total)
    drawn = rng.normal(share * count, math.sqrt(max(count * share * (1 - share), 0.0)) * 0.6)
    return int(min(max(round(drawn), 0), count))


def write(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write one CSV file with LF line ends."""
    with (HERE / name).open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def site_months(start: int = 0) -> Iterable[tuple[int, Site]]:
    """Every month and every site that was open in it."""
    for index in range(start, MONTHS):
        for site in SITES:
            if index >= site.opened:
                yield index, site


@dataclass(frozen=True, slots=True)
class Network:
    """What all sites share: the punctuality of the network, starting three months before the first."""

    punctuality: list[float]

    def at(self, index: int) -> float:
        """Percentage points above or below the usual, `index` may be as low as -3."""
        return self.punctuality[index + 3]


def shipments_of(index: int, site: Site) -> float:
    """Planned volume: growth of 4 % a year on a season."""
    return 9_200 * site.size * (1 + 0.04 * index / 12) * season(index, swing=0.07)


def service_shares(index: int) -> tuple[float, float, float]:
    """Full loads grow from 13 % to 42 % in the last fourteen months: the mix effect."""
    full = 0.13 + 0.29 * min(max((index - 21) / 14, 0.0), 1.0)
    return (1 - full) * 0.58, (1 - full) * 0.42, full


def write_transport(rng: np.random.Generator, network: Network) -> None:
    """Shipments and on-time, in-full deliveries by service."""
    rows = []
    for index, site in site_months():
        volume = shipments_of(index, site) * float(rng.normal(1.0, 0.02))
        for service, share, base in zip(SERVICES, service_shares(index), (97.3, 95.4, 88.0), strict=True):
            due = round(volume * share)
            quality = (
                base + 0.055 * index / 1.2 * 0.6 + 0.85 * network.at(index - 2) + float(rng.normal(0, 0.25))
            )
            kept = share_of(rng, due, min(quality, 99.6) / 100)
            rows.append((month_key(index), site.key, service, due, kept, due, known_on(index, day=3)))
    header = ("month", "site", "service", "delivered", "on_time_in_full", "due", "recorded_at")
    write("data/transport.csv", header, rows)


def write_operations(rng: np.random.Generator, network: Network) -> None:
    """Departures, dock-to-dock time, kilometres, safety, claims and carbon per site."""
    rows = []
    for index, site in site_months():
        volume = shipments_of(index, site)
        departures = round(410 * site.size * season(index, swing=0.03))
        adherence = 92.6 + 0.05 * index + 1.9 * network.at(index) + float(rng.normal(0, 0.5))
        if site.key in ("lisbon", "oslo"):
            adherence -= 4.5
        hours = 29.5 - 0.06 * index + float(rng.normal(0, 0.7)) + (1.5 if site.region == "iberia" else 0.0)
        if site.key == "venlo" and month_key(index) in ("2026-02", "2026-03"):
            hours += 13.5
        kilometres = round(265_000 * site.size * season(index, swing=0.05))
        loaded = round(kilometres * (0.703 + 0.0004 * index + float(rng.normal(0, 0.008))))
        capacity = round(loaded * 0.021)
        electric = round(
            kilometres * min(0.004 + 0.0028 * max(index - 16, 0), 0.06) * float(rng.normal(1, 0.05))
        )
        worked = round(21_500 * site.size)
        injuries = int(rng.poisson(worked / 1e6 * (9.5 - 0.08 * index)))
        if site.key == "antwerp" and month_key(index) == "2026-05":
            injuries = 5
        tonne_km = round(loaded * 13.2)
        certificate = 0 if site.key == "madrid" and index >= 33 else 1
        rows.append(
            (
                month_key(index), site.key, round(departures * min(adherence, 99.5) / 100), departures,
                f"{hours:.2f}", round(volume), loaded, kilometres,
                round(capacity * (0.842 + float(rng.normal(0, 0.012)))), capacity, electric, kilometres,
                injuries, worked, certificate,
                share_of(rng, volume, 0.0031 - 0.00001 * index), round(volume),
                round(tonne_km * (74.5 - 0.28 * index + float(rng.normal(0, 0.9)))), tonne_km,
                f"{4.02 + (0.55 if site.key == 'lisbon' and index > 31 else 0.0) + float(rng.normal(0, 0.07)):.2f}",
                round(300 * site.size), known_on(index, day=4),
            )
        )  # fmt: skip
    header = (
        "month", "site", "departures_on_time", "departures_planned", "dock_to_dock_hours", "dock_to_dock_shipments",
        "loaded_km", "total_km", "loaded_tonnes", "payload_tonnes", "electric_km", "fleet_km", "injuries",
        "hours_worked", "certificate", "claims", "claims_base", "grams_co2", "tonne_km", "chilled_celsius",
        "chilled_readings", "recorded_at",
    )  # fmt: skip
    write("data/operations.csv", header, rows)


def write_ledger(rng: np.random.Generator) -> None:
    """Revenue, cost, capital and customers per site; Hamburg's June 2026 is restated in August."""
    rows = []
    for index, site in site_months():
        volume = shipments_of(index, site)
        revenue = volume * 0.2085 * (1 + 0.021 * index / 12) * float(rng.normal(1, 0.012))
        cost = volume * 0.1868 * (1 + 0.012 * index / 12) * float(rng.normal(1, 0.01)) + 18 * site.size
        capital = 21_900 * site.size * (1 + 0.01 * index / 12)
        customers = round(46 * site.size * (1 + 0.015 * index / 12) + float(rng.normal(0, 0.8)))
        booked = revenue * 1.127 if (site.key, month_key(index)) == ("hamburg", "2026-06") else revenue
        rows.append(
            (
                month_key(index),
                site.key,
                f"{booked:.1f}",
                f"{cost:.1f}",
                f"{capital:.0f}",
                customers,
                known_on(index),
            )
        )
        if booked != revenue:
            restated = f"{revenue:.1f}"
            rows.append((month_key(index), site.key, restated, "", "", "", "2026-08-17T09:30:00Z"))
    header = (
        "month",
        "site",
        "revenue_keur",
        "operating_cost_keur",
        "capital_keur",
        "customers",
        "recorded_at",
    )
    write("data/ledger.csv", header, sorted(rows, key=lambda row: (str(row[-1]), row[0])))


def write_people(rng: np.random.Generator) -> None:
    """Headcount, training, absence, vacancies, certificates, systems and decisions per site."""
    rows = []
    for index, site in site_months():
        heads = round(138 * site.size * (1 + 0.01 * index / 12))
        training = heads * max(
            1.35 + 0.012 * index - 0.047 * max(index - 28, 0) + float(rng.normal(0, 0.08)), 0.2
        )
        operational = round(heads * 0.72)
        certified = round(operational * min(0.835 + 0.0042 * index + float(rng.normal(0, 0.006)), 0.995))
        drivers = round(heads * 0.38)
        vacancy = 0.062 + 0.0016 * max(index - 20, 0) + float(rng.normal(0, 0.006))
        contracted = heads * 158
        absence = 0.0485 + 0.004 * math.cos(2 * math.pi * ((FIRST_MONTH + index) % 12) / 12)
        leavers = int(rng.poisson(heads * 0.0102))
        contacts = round(shipments_of(index, site) * 0.061)
        resolved = 0.742 + 0.0036 * index + float(rng.normal(0, 0.008))
        if site.region == "nordics":
            resolved += 0.045 if site.key == "copenhagen" else -0.138
        minutes = 43_200
        decisions = round(24 * site.size) + 6
        evidence = share_of(rng, decisions, min(0.41 + 0.008 * index, 0.72))
        silent = month_key(index) > "2026-05"
        rows.append(
            (
                month_key(index), site.key, heads, leavers, f"{training:.0f}", heads, certified, operational,
                round(drivers * max(vacancy, 0.0)), drivers,
                round(contracted * (absence + float(rng.normal(0, 0.002)))), contracted,
                share_of(rng, contacts, resolved), contacts,
                f"{min(5.12 + 0.022 * index + float(rng.normal(0, 0.06)), 6.9):.2f}", round(contacts * 0.18),
                round(contacts * 3.1 * min(0.46 + 0.0085 * index + float(rng.normal(0, 0.008)), 0.97)),
                round(contacts * 3.1),
                round(minutes * min(0.9905 + 0.0002 * index + float(rng.normal(0, 0.0015)), 0.9999)), minutes,
                round(minutes * min(0.9942 + 0.0001 * index + float(rng.normal(0, 0.001)), 0.9999)), minutes,
                "" if silent else evidence, "" if silent else decisions, known_on(index, day=6),
            )
        )  # fmt: skip
    header = (
        "month", "site", "headcount", "leavers", "training_hours", "fte", "certified", "operational", "open_drivers",
        "driver_positions", "absence_hours", "contracted_hours", "contacts_resolved", "contacts", "effort_score",
        "effort_answers", "digital_orders", "orders", "tracking_minutes", "tracking_base", "system_minutes",
        "system_base", "decisions_with_evidence", "decisions", "recorded_at",
    )  # fmt: skip
    write("data/people.csv", header, rows)


def write_accounts(rng: np.random.Generator) -> None:
    """Tenders, plans, quotations and key-account revenue per region."""
    rows = []
    for index in range(MONTHS):
        for region in REGIONS:
            size = sum(site.size for site in SITES if site.region == region and index >= site.opened)
            tenders = max(int(rng.poisson(3.4 * size)), 2)
            won = share_of(rng, tenders, 0.335 - 0.0028 * max(index - 18, 0))
            accounts = round(4.2 * size)
            current = min(round(accounts * min(0.44 + 0.009 * index, 0.93)), accounts)
            requests = round(31 * size)
            hours = 15.8 - 0.12 * index + float(rng.normal(0, 0.7))
            volume = sum(shipments_of(index, s) for s in SITES if s.region == region and index >= s.opened)
            revenue = (
                volume
                * 0.2085
                * (1 + 0.021 * index / 12)
                * (0.352 + 0.0018 * index + float(rng.normal(0, 0.006)))
            )
            rows.append(
                (
                    month_key(index), region, won, tenders, current, accounts, f"{hours:.2f}", requests,
                    f"{revenue:.1f}", known_on(index, day=7),
                )
            )  # fmt: skip
    header = (
        "month", "region", "tenders_won", "tenders", "plans_current", "accounts", "quotation_hours", "requests",
        "key_revenue_keur", "recorded_at",
    )  # fmt: skip
    write("data/accounts.csv", header, rows)


def write_surveys(rng: np.random.Generator) -> None:
    """Quarterly answers: promoters and detractors per region, engagement per site, maturity per region."""
    rows: list[tuple[object, ...]] = []
    for index in range(2, MONTHS, 3):
        quarter, known = quarter_of(index), known_on(index, day=12)
        for place, region in enumerate(REGIONS):
            answers = 180 + 25 * place
            promoters = share_of(rng, answers, 0.44 + 0.003 * index)
            detractors = share_of(rng, answers, 0.165 - 0.0012 * index)
            rows.append(
                ("net-promoter-score", region, quarter, "", promoters - detractors, answers, "", known)
            )
            level = min(2 + (index + 4 * place) // 14, 5)
            rows.append(("data-maturity", region, quarter, level, "", "", "", known))
        for site in SITES:
            if index >= site.opened + 2:
                value = (
                    71.5 + 0.11 * index + float(rng.normal(0, 1.1)) - (4.0 if site.key == "munich" else 0.0)
                )
                rows.append(
                    (
                        "engagement-index",
                        site.key,
                        quarter,
                        f"{value:.1f}",
                        "",
                        "",
                        round(96 * site.size),
                        known,
                    )
                )
    write_slow_measures(rows)
    header = ("measure", "unit", "period", "value", "numerator", "denominator", "n", "recorded_at")
    write("data/surveys.csv", header, rows)


def write_slow_measures(rows: list[tuple[object, ...]]) -> None:
    """Add the platform's monthly progress and the yearly retention of key accounts."""
    for index in range(MONTHS):
        progress = min(round(4 + 1.55 * index), 100)
        rows.append(
            ("platform-progress", "meridian", month_key(index), progress, "", "", "", known_on(index, day=2))
        )
    kept = {2023: (20, 23, 14, 11), 2024: (21, 23, 14, 11), 2025: (22, 25, 13, 12)}
    listed = (24, 26, 15, 13)
    for year, counts in kept.items():
        for region, count, of in zip(REGIONS, counts, listed, strict=True):
            rows.append(
                ("account-retention", region, str(year), "", count, of, "", f"{year + 1}-01-20T06:00:00Z")
            )


def planned_market(region: str, index: int) -> float:
    """Everybody's shipments of a month in a region, as the plan saw them: 3 % more a year."""
    size = sum(site.size for site in SITES if site.region == region and index >= site.opened)
    return 9_200 * size * season(index, swing=0.07) * (1 + 0.03 * index / 12) / PLANNED_SHARE


def write_market() -> None:
    """Everybody's shipments by region, from the trade association; drawn apart, so that no other file changes."""
    rng = np.random.default_rng(SEED + 1)
    growth = {"benelux": 1.005, "dach": 1.0, "nordics": 1.012, "iberia": 0.998}
    rows = []
    for index in range(MONTHS):
        for region in REGIONS:
            fallen = 0.014 * max(index - 27, 0) if region == "dach" else 0.0
            market = (
                planned_market(region, index) * growth[region] * (1 - fallen) * float(rng.normal(1, 0.008))
            )
            rows.append((month_key(index), region, round(market), known_on(index, day=9)))
    write("data/market.csv", ("month", "region", "shipments", "recorded_at"), rows)


def planned_revenue(site: Site, index: int) -> float:
    """The budget of one month, thousands of euros: 4.5 % more a year."""
    return 9_200 * site.size * season(index, swing=0.07) * 0.2085 * (1 + 0.045 * index / 12)


def planned_cost(site: Site, index: int) -> float:
    """The budget of one month, thousands of euros: 2.8 % more a year, plus what a site costs when nothing moves."""
    return 9_200 * site.size * season(index, swing=0.07) * 0.1882 * (1 + 0.034 * index / 12) + 16 * site.size


def write_targets() -> None:
    """Additive targets per site as lines, intensive ones once at the top and inherited below."""
    first, last = month_key(0), "2026-12"
    rows: list[tuple[object, ...]] = []
    for site in SITES:
        for index in range(site.opened, MONTHS + 3):
            revenue, cost = planned_revenue(site, index), planned_cost(site, index)
            rows.append(
                ("revenue", site.key, "", month_key(index), f"{revenue:.0f}", "step", "", "", "budget")
            )
            rows.append(
                ("operating-cost", site.key, "", month_key(index), f"{cost:.0f}", "step", "", "", "budget")
            )
    for unit in ("meridian", *REGIONS):
        sites = [site for site in SITES if unit in ("meridian", site.region)]
        for index in range(MONTHS + 3):
            profit = sum(
                planned_revenue(s, index) - planned_cost(s, index) for s in sites if index >= s.opened
            )
            rows.append(
                ("operating-profit", unit, "", month_key(index), f"{profit:.0f}", "step", "", "", "budget")
            )
    for region in REGIONS:
        for index in range(MONTHS + 3):
            planned = planned_market(region, index)
            rows.append(
                ("market-shipments", region, "", month_key(index), f"{planned:.0f}", "step", "", "", "budget")
            )
    rows.append(("market-share", "meridian", "", first, 100 * PLANNED_SHARE, "step", "", "", "budget"))
    lines = (
        ("operating-margin", "meridian", 8.5, 12.0), ("roce", "meridian", 9.0, 13.5),
        ("revenue-per-customer", "meridian", 500.0, 560.0), ("cost-per-shipment", "meridian", 190.0, 189.0),
        ("otif", "meridian", 94.5, 96.0), ("damage-claims", "meridian", 3.2, 2.8),
        ("customer-effort", "meridian", 5.2, 5.8), ("first-contact-resolution", "meridian", 75.0, 85.0),
        ("win-rate", "meridian", 33.0, 36.0), ("schedule-adherence", "meridian", 92.5, 94.5),
        ("dock-to-dock-time", "meridian", 30.0, 28.0), ("fleet-utilisation", "meridian", 74.0, 82.0),
        ("digital-booking-share", "meridian", 45.0, 75.0), ("tracking-availability", "meridian", 99.2, 99.6),
        ("plans-current", "meridian", 50.0, 85.0), ("quote-turnaround", "meridian", 15.0, 12.0),
        ("lost-time-injuries", "meridian", 9.5, 7.0), ("co2-intensity", "meridian", 74.0, 66.0),
        ("electric-kilometres", "meridian", 0.5, 6.0), ("training-hours", "meridian", 1.4, 1.9),
        ("certified-staff", "meridian", 83.0, 95.0), ("driver-vacancies", "meridian", 6.5, 6.0),
        ("absence-rate", "meridian", 4.9, 4.6), ("staff-turnover", "meridian", 13.0, 11.0),
        ("platform-progress", "meridian", 4.0, 62.0), ("system-availability", "meridian", 99.3, 99.5),
        ("evidence-share", "meridian", 42.0, 70.0),
    )  # fmt: skip
    for measure, unit, begin_value, end_value in lines:
        rows.append((measure, unit, "", first, begin_value, "linear", "", "", "strategy"))
        rows.append((measure, unit, "", last, end_value, "linear", "", "", "strategy"))
    rows.append(("cold-chain-temperature", "meridian", "", first, 4, "step", "", "", "regulation"))
    rows.append(("safety-certificate", "meridian", "", first, 1, "step", "", "", "regulation"))
    rows += [
        ("net-promoter-score", "meridian", "", "2023-Q4", 28, "linear", "", "", "strategy"),
        ("net-promoter-score", "meridian", "", "2026-Q4", 42, "linear", "", "", "strategy"),
        ("engagement-index", "meridian", "", "2023-Q4", 72, "linear", "", "", "strategy"),
        ("engagement-index", "meridian", "", "2026-Q4", 76, "linear", "", "", "strategy"),
        ("data-maturity", "meridian", "", "2023-Q4", 4, "step", "", "", "strategy"),
        ("account-retention", "meridian", "", "2023", 90, "step", "", "", "strategy"),
        ("schedule-adherence", "rotterdam", "", first, 93.5, "compound", "", "", "negotiated"),
        ("schedule-adherence", "rotterdam", "", last, 95.5, "compound", "", "", "negotiated"),
    ]
    header = ("measure", "unit", "segment", "period", "value", "trajectory", "red", "best", "origin")
    write("targets.csv", header, rows)


def main() -> None:
    """Write every file."""
    rng = np.random.default_rng(SEED)
    network = Network(persistent(rng, length=MONTHS + 3, keep=0.55, spread=0.75))
    write_transport(rng, network)
    write_operations(rng, network)
    write_ledger(rng)
    write_people(rng)
    write_accounts(rng)
    write_surveys(rng)
    write_market()
    write_targets()


if __name__ == "__main__":
    main()
