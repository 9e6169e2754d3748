"""Currencies in which a company can count: all of two decimals, for sums are kept in hundredths."""

from services.understanding.fold import fold

CURRENCIES = {
    "RUB": "₽ руб рубль рубли рублей rouble roubles ruble rubles",
    "USD": "$ доллар доллары долларов dollar dollars",
    "EUR": "€ евро euro euros",
    "KZT": "₸ тенге tenge",
    "BYN": "br",
    "UZS": "сум сумы soum sum",
    "KGS": "сом сомы som",
    "GEL": "₾ лари lari",
    "AMD": "֏ драм драмы dram",
    "AZN": "₼ манат манаты manat",
    "UAH": "₴ гривна гривны hryvnia",
    "TRY": "₺ лира лиры lira",
    "AED": "дирхам дирхамы dirham",
    "GBP": "£ фунт фунты pound pounds",
    "CNY": "¥ юань юани yuan",
}
"""By ISO 4217, each with the signs and words by which people call it."""


def find_currency(typed: str) -> str | None:
    """The code of a currency that was typed by code, sign or name; None for one that is not here."""
    wanted = fold(typed).rstrip(".")
    if wanted.upper() in CURRENCIES:
        return wanted.upper()
    return next((code for code, names in CURRENCIES.items() if wanted and wanted in _names(names)), None)


def _names(names: str) -> set[str]:
    return {fold(name) for name in names.split()}
