"""The two kinds of failure: what a person may be told, and what stops the program with a cure."""


class AdvisoryError(Exception):
    """An expected failure whose text may be shown to a person in Slack.

    `retryable` tells the worker whether the same work may succeed later.
    """

    def __init__(self, user_text: str, *, retryable: bool = False) -> None:
        super().__init__(user_text)
        self.user_text = user_text
        self.retryable = retryable


class SetupError(Exception):
    """Wrong configuration or surroundings: one line that names what is wrong, the value and the cure.

    The command line prints it and leaves with exit code 2, without a traceback.
    """


class DeliveryError(Exception):
    """Sending failed; `retry_after` is in seconds when the receiver named one.

    `definite` is true when the receiver said no, so that nothing can have been written.
    `permanent` is true when trying again cannot help, `unwritten` when the message itself was refused and so
    cannot be there already.
    """

    def __init__(
        self,
        message: str,
        *,
        retry_after: float | None = None,
        definite: bool = False,
        permanent: bool = False,
        unwritten: bool = False,
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.definite = definite
        self.permanent = permanent
        self.unwritten = unwritten


class TenantGone(DeliveryError):  # noqa: N818 - a state of the world, not a mistake
    """The app has no access to workspace `team_id`: work for it is held until it is installed again."""

    def __init__(self, team_id: str, reason: str) -> None:
        super().__init__(f"No access to workspace {team_id!r}: {reason}", definite=True)
        self.team_id = team_id
