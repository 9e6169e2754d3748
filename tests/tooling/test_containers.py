"""The image runs as an ordinary user and holds no secrets; the compose file offers PostgreSQL or SQLite."""

import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
DOCKERFILE = (REPOSITORY / "Dockerfile").read_text()
COMPOSE = (REPOSITORY / "docker-compose.yml").read_text()
IGNORED = (REPOSITORY / ".dockerignore").read_text().splitlines()


def service(name: str) -> str:
    """Return the lines of one service of the compose file."""
    found = re.search(rf"^  {name}:\n((?:    .*\n|\n)+)", COMPOSE, re.MULTILINE)
    assert found, f"no service {name}"
    return found[1]


def test_the_image_runs_as_an_ordinary_user_who_owns_only_the_data() -> None:
    assert re.search(r"^RUN useradd --uid 10001 .* sdelka\b", DOCKERFILE, re.MULTILINE)
    assert DOCKERFILE.index("USER sdelka") < DOCKERFILE.index("ENTRYPOINT")
    assert re.search(r"--owner=sdelka --group=sdelka --mode=0700 /data$", DOCKERFILE, re.MULTILINE)
    assert "VOLUME /data" in DOCKERFILE


def test_the_image_installs_the_locked_packages_as_run_does() -> None:
    assert "COPY run requirements.lock ./\nRUN ./run setup\n" in DOCKERFILE
    assert 'ENTRYPOINT ["sdelka"]\nCMD ["serve"]\n' in DOCKERFILE


def test_the_program_of_the_health_check_is_python_and_asks_healthz() -> None:
    joined = DOCKERFILE.replace("\\\n", "")
    found = re.search(r'HEALTHCHECK .*CMD \["python", "-c", "([^"]+)"\]', joined)

    assert found
    compile(found[1], "HEALTHCHECK", "exec")
    assert "/healthz" in found[1]


def test_only_what_the_program_needs_is_sent_to_the_image() -> None:
    allowed = {line[1:] for line in IGNORED if line.startswith("!")}
    packages = {
        folder.parent.name for folder in REPOSITORY.glob("*/__init__.py") if folder.parent.name != "tests"
    }

    assert "*" in IGNORED
    assert packages - {"benchmarks"} <= allowed
    assert not allowed & {".", ".env", ".git", ".venv", "data", "tests"}


def test_the_bot_waits_for_a_healthy_postgresql_17() -> None:
    assert "image: postgres:17\n" in service("postgres")
    assert "pg_isready" in service("postgres")
    assert 'volumes: ["postgres:/var/lib/postgresql/data"]' in service("postgres")
    assert "condition: service_healthy" in service("bot")
    assert "DATABASE_URL: postgresql+psycopg://sdelka@postgres/sdelka\n" in service("bot")


def test_one_container_with_sqlite_starts_only_when_asked_for() -> None:
    assert "profiles: [sqlite]" in service("bot-sqlite")
    assert "DATABASE_URL: sqlite+aiosqlite:////data/sdelka.db\n" in service("bot-sqlite")
    assert "depends_on" not in service("bot-sqlite")
    assert 'volumes: ["data:/data"]' in COMPOSE


def test_the_compose_file_holds_no_secret() -> None:
    secrets = re.findall(r"^\s*\w*(?:PASSWORD|TOKEN|SECRET)\w*:\s*(.*)$", COMPOSE, re.MULTILINE)

    assert secrets
    assert set(secrets) == {"${POSTGRES_PASSWORD-}"}
    assert "env_file: .env\n" in COMPOSE
