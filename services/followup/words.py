"""What the tasks say that the rules set, in the language of whoever gets them."""

from services.followup.rules import Rule

_RU = {Rule.CALLBACK: "Перезвонить", Rule.SILENT: "Позвонить повторно"}
_EN = {Rule.CALLBACK: "Call back", Rule.SILENT: "Call again"}


def task_words(rule: Rule, client: str, language: str) -> str:
    """What is to be done, and whom it is about."""
    deed = (_RU if language == "ru" else _EN)[rule]
    return f"{deed}: {client}"
