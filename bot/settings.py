"""All settings, from the environment or a .env file: the only reader of either."""

from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"


class Settings(BaseSettings):
    """What whoever runs Sdelka can set. `.env.example` explains each."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    bot_token: SecretStr | None = Field(None, description="The bot's token from @BotFather")
    bot_api_url: str = Field(TELEGRAM, description="Base URL of the Bot API server")
    ephemeral_messages: bool | None = Field(
        None, description="Whether the Bot API server knows ephemeral messages; not set: only Telegram's own"
    )
    database_url: str | None = Field(
        None, description="SQLite in DATA_DIR unless set; postgresql+psycopg://..."
    )
    data_dir: Path = Field(Path("data"), description="Database, backups and files")
    http_host: str = Field("127.0.0.1", description="Address of the HTTP API")
    http_port: int = Field(8080, description="Port of the HTTP API", ge=0, le=65535)
    public_url: str | None = Field(None, description="Address under which others reach the HTTP API")
    trusted_proxies: str = Field("127.0.0.1", description="Proxies whose word on who calls is taken")
    webhook_url: str | None = Field(None, description="Public https address; set: updates come by webhook")
    webhook_secret: SecretStr | None = Field(None, description="Secret that Telegram sends with each update")
    owner_telegram_id: int | None = Field(None, description="Who becomes the owner on the first /start")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")
    log_json: bool = Field(default=False, description="One JSON object a line instead of readable text")
    sandbox_port: int = Field(8090, description="Port of the local Telegram's page", ge=0, le=65535)
    language: str = Field("ru", description="Language of a new company: ru or en")
    backup_daily: bool = Field(default=True, description="Whether a backup is made each day")
    backups_kept: int = Field(7, description="How many backups to keep", ge=1)

    smtp_host: str | None = Field(None, description="Mail server; set: digests go out by e-mail, too")
    smtp_port: int = Field(587, description="Its port: 587 with starttls, 465 with tls", ge=1, le=65535)
    smtp_tls: Literal["starttls", "tls", "none"] = Field("starttls", description="How it is reached")
    smtp_user: str | None = Field(None, description="Who logs in there; not set: nobody does")
    smtp_password: SecretStr | None = Field(None, description="Their password")
    smtp_from: str | None = Field(None, description="The sender's address; not set: SMTP_USER")

    @model_validator(mode="after")
    def _has_sender(self) -> Self:
        if self.smtp_host and "@" not in (self.sender or ""):
            raise ValueError("SMTP_HOST needs SMTP_FROM, the sender's address")
        return self

    @property
    def whispers(self) -> bool:
        """Whether ephemeral messages are sure to be that: an older server would show them to everybody."""
        if self.ephemeral_messages is not None:
            return self.ephemeral_messages
        return self.bot_api_url.rstrip("/") == TELEGRAM

    @property
    def sender(self) -> str | None:
        """From which address mails come."""
        return self.smtp_from or self.smtp_user

    @property
    def address(self) -> str:
        """Under which address others reach the HTTP API, as far as it is known."""
        if self.public_url:
            return self.public_url.rstrip("/")
        if self.webhook_url:
            parts = urlsplit(self.webhook_url)
            return f"{parts.scheme}://{parts.netloc}"
        host = f"[{self.http_host}]" if ":" in self.http_host else self.http_host
        return f"http://{host}:{self.http_port}"

    @property
    def database(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'sdelka.db'}"
