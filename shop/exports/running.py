"""Exports in the worker."""


def run_waiting() -> int:
    return 0
