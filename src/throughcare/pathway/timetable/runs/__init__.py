"""Runs of the engine: asked for, taken by the worker, told while they go, kept at rest."""
