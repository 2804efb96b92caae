"""Bandit warns about its own plugin loader when it is imported; here warnings are errors."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import bandit  # noqa: F401
