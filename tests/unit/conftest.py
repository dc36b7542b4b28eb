"""How properties are looked for: the same examples on a machine that is busy as on one that is idle."""

from hypothesis import HealthCheck, settings

# How long an example takes says something about the machine, nothing about what it shows.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
