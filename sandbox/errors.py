"""How the Bot API says no: one exception that carries the status, the words and the parameters."""

from typing import Any

OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


class ImpossibleError(Exception):
    """Something that nobody can do in Telegram: press a button that is not there, write where one is not."""


class ApiError(Exception):
    """A refusal of the Bot API; `description` is the text that Telegram itself would send."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """The body of the HTTP answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def _sentence(prefix: str, text: str) -> str:
    # The server writes the first letter small, unless the second one is a capital: BUTTON_DATA_INVALID stays.
    if text[1:2].isupper() or text[1:2] == "_":
        return f"{prefix}: {text}"
    return f"{prefix}: {text[0].lower()}{text[1:]}"


def bad_request(text: str, **parameters: Any) -> ApiError:
    """400 with `text` worded as the server does."""
    return ApiError(400, _sentence("Bad Request", text), **parameters)


def forbidden(text: str) -> ApiError:
    """403 with `text` worded as the server does."""
    return ApiError(403, _sentence("Forbidden", text))


def conflict(text: str) -> ApiError:
    """409: two takers of one bot's updates."""
    return ApiError(409, f"Conflict: {text}")


def too_many_requests(retry_after: int) -> ApiError:
    """429; `retry_after` in seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
