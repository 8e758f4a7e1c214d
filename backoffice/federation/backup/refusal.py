"""Why a backup or a restore stops: one sentence for users, in one kind of exception."""


class Refused(Exception):
    """Nothing was done, or everything was undone; the message is one sentence for users."""
