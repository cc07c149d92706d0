"""Steps of a parcel: refused when they cannot follow."""


class StepNotPossible(Exception):
    """The parcel is not where this step begins. The message is for the person who asked."""
