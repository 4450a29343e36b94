"""Signal or noise: control charts of measures, their icons, and the decisions that limits rest on (METHOD M3.4)."""
