"""Data of published worked examples, each with its source."""

from __future__ import annotations

import numpy as np

# Sheep in Asia in millions, 1970 to 2000: `livestock` of R's fpp, as statsmodels' notebook and tests carry it.
SHEEP = np.array(
    [
        *(263.9177, 268.3072, 260.6626, 266.6394, 277.5158, 283.834, 290.309, 292.4742, 300.8307, 309.2867),
        *(318.3311, 329.3724, 338.884, 339.2441, 328.6006, 314.2554, 314.4597, 321.4138, 329.7893, 346.3852),
        *(352.2979, 348.3705, 417.5629, 417.1236, 417.7495, 412.2339, 411.9468, 394.6971, 401.4993, 408.2705),
        414.2428,
    ]
)

# What R's forecast::ets(model = "AAN", damped = TRUE, phi = 0.98) finds for it: statsmodels' test_holt_damp_r.
ETS_LEVEL, ETS_SLOPE, ETS_DAMPING = 0.97402626, 0.00010006, 0.98
ETS_BEGINNING = (252.59039965, 6.90265918)
ETS_MEAN_SQUARE = 195.4397924865488
ETS_LAST_STATE = (414.1814574903921, 3.690553892582855)
ETS_FITTED = [259.3550056432622, 270.4289967934267, 274.8592904290865, 267.3969251260200]
ETS_FORECAST = [
    *(417.7982003051233, 421.3426082635598, 424.8161280628277, 428.2201774661102, 431.5561458813270),
    *(434.8253949282395, 438.0292589942138, 441.1690457788685, 444.2460368278302, 447.2614880558126),
]

# Australian air passengers in millions, 1990 to 2004: `ausair` of R's fpp, as statsmodels' notebook carries it.
AIR = np.array(
    [
        *(17.5534, 21.86, 23.8866, 26.9293, 26.8885, 28.8314, 30.0751, 30.9535, 30.1857, 31.5797, 32.5776),
        *(33.4774, 39.0216, 41.3864, 41.5966),
    ]
)

# International visitor nights in Australia in millions by quarter, 2005 to 2010: `austourists` of R's fpp.
VISITOR_NIGHTS = np.array(
    [
        *(41.7275, 24.0418, 32.3281, 37.3287, 46.2132, 29.3463, 36.4829, 42.9777, 48.9015, 31.1802, 37.7179),
        *(40.4202, 51.2069, 31.8872, 40.9783, 43.7725, 55.5586, 33.8509, 42.0764, 45.6423, 59.7668, 35.1919),
        *(44.3197, 47.9137),
    ]
)
