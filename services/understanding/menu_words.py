"""What stands in the menu, as people call it in either language, and the command that opens it."""

from services.understanding.fold import fold

_WORDS = {
    "menu": "menu, меню, главное меню",
    "day": "my day, мой день",
    "now": "department now, отдел сейчас",
    "lead": "new lead, новый лид",
    "leads": "leads, my leads, лиды, мои лиды",
    "deals": "deals, my deals, сделки, мои сделки",
    "clients": "clients, my clients, клиенты, мои клиенты",
    "task": "new task, новая задача",
    "board": "board, task board, доска, доска задач",
    "find": "find, search, найти, поиск",
    "plan": "plan, my plan, план, мой план",
    "report": "report, отчёт",
    "digest": "digest, сводка, дайджест",
    "team": "team, команда",
    "news": "news, новости",
    "import": "import, импорт",
    "profile": "profile, профиль",
    "settings": "settings, настройки",
    "help": "help, помощь, справка",
}
COMMAND_OF = {fold(word): name for name, words in _WORDS.items() for word in words.split(", ")}
