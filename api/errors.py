"""Errors of running the service, as opposed to those of a request (see `api.problem`)."""


class OperatorError(Exception):
    """Raised where something is wrong that whoever runs the service can mend.

    The command line prints the message, without a traceback, and leaves with code 1.
    """
