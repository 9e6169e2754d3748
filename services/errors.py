"""What can go wrong, as codes and parameters; one place elsewhere turns them into words."""

from db.uow import AlreadyAppliedError, Cause

__all__ = ["AlreadyAppliedError", "AppError", "Cause", "ForbiddenError", "NotFoundError", "StaleError"]


class AppError(Exception):
    """A refusal that the user should understand.

    `code` is a dotted name such as `deal.not_found`; `params` fill the text. Nothing of the change is kept.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class NotFoundError(AppError):
    """It does not exist, or it may not be seen: the same answer for both."""

    def __init__(self, subject: str) -> None:
        super().__init__(f"{subject}.not_found")


class ForbiddenError(AppError):
    """It may be seen, but not this may be done with it; a code of its own says why."""

    def __init__(self, code: str = "not_allowed") -> None:
        super().__init__(code)


class StaleError(AppError):
    """It has changed since the button was drawn; the fresh card should follow."""

    def __init__(self, code: str = "stale", **params: object) -> None:
        super().__init__(code, **params)
