"""What cannot be done with a report. Each message is for the person who asked."""


class CannotReport(Exception):
    """The buyer, or the sender of the parcel, may not say this so."""


class CannotDecide(Exception):
    """Staff cannot decide it so."""


class NotPossible(Exception):
    """What came back cannot be entered so."""
