"""Which three letters are a currency: without the list, `FTE` would be money."""

from __future__ import annotations

from fourfold.engine.quantities import UnitOfMeasure

__all__ = ["CURRENCIES", "currencies_in"]

# ISO 4217 list one (currencies in use), without metals, funds and test codes.
_LIST_ONE = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ "
    "GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP "
    "LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR "
    "PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC "
    "SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF "
    "YER ZAR ZMW ZWG "
)
CURRENCIES = frozenset(_LIST_ONE.split())


def currencies_in(unit: UnitOfMeasure) -> tuple[str, ...]:
    """The currencies a unit of measure counts in.

    >>> from fourfold.engine.quantities import unit_of_measure
    >>> currencies_in(unit_of_measure("kUSD/FTE"))
    ('USD',)
    """
    return tuple(base for base, _ in unit.dimension if base in CURRENCIES)
