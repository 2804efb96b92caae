"""The one family of errors a person can do something about."""


class Refusal(Exception):
    """Something was refused; the message says what was wrong and what to do about it.

    Every error that may reach a user derives from this. Anything else that surfaces is a defect.
    """
