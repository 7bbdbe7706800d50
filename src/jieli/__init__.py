"""Jieli 接力: opportunity management as a relay race."""

__version__ = "0.1.0"
