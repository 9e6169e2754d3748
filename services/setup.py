"""The first start: a company with a way of selling, and the link that makes its owner."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from db.models import Department, LossReason, Pipeline, Stage
from db.uow import Database, UnitOfWork
from services.access import Door, Role, StageKind
from services.clock import Clock
from services.understanding.fold import fold

OWNER_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Founding:
    """What a company begins with: its settings, and the words in its own language."""

    name: str
    language: str
    currency: str
    time_zone: str
    region: str
    """Country (ISO 3166) of phone numbers typed without a country code."""
    department: str
    pipeline: str
    stages: tuple[str, ...]
    """Names for the six of `STAGES`."""
    loss_reasons: tuple[str, ...]


STAGES: tuple[tuple[StageKind, tuple[str, ...]], ...] = (
    (StageKind.OPEN, ()),
    (StageKind.OPEN, ()),
    (StageKind.OPEN, ("amount",)),
    (StageKind.PAYMENT, ("amount", "contact")),
    (StageKind.WON, ()),
    (StageKind.LOST, ()),
)
"""Kind and required fields of the first pipeline's stages, in order."""

FOUNDINGS = {
    "ru": Founding(
        name="Моя компания",
        language="ru",
        currency="RUB",
        time_zone="Europe/Moscow",
        region="RU",
        department="Продажи",
        pipeline="Продажи",
        stages=("Новая", "В работе", "Предложение", "Ожидает оплаты", "Оплачена", "Проиграна"),
        loss_reasons=("Дорого", "Ушли к конкуренту", "Не нужно", "Не отвечает", "Не вовремя", "Другое"),
    ),
    "en": Founding(
        name="My company",
        language="en",
        currency="USD",
        time_zone="America/New_York",
        region="US",
        department="Sales",
        pipeline="Sales",
        stages=("New", "In work", "Proposal", "Awaiting payment", "Paid", "Lost"),
        loss_reasons=("Price", "Went to a competitor", "No need", "No answer", "Bad timing", "Other"),
    ),
}


class Setup:
    """The service of the first start; called by the program itself, never for a person."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def ensure(self, founding: Founding) -> bool:
        """Make the company unless there is one; True if it was made now."""
        now = self._clock.now()
        async with self._db.write() as uow:
            made = await uow.people.found(
                name=founding.name,
                language=founding.language,
                currency=founding.currency,
                time_zone=founding.time_zone,
                region=founding.region,
                created_at=now,
            )
            if made:
                await _furnish(uow, founding, now)
                await _record(uow, now, "company.found")
        return made

    async def owner_link(self) -> str | None:
        """A new one-time token for the deep link that makes the owner; None once there is one.

        Only its hash is kept, so an earlier token is worth nothing from now on.
        """
        token = secrets.token_urlsafe(OWNER_TOKEN_BYTES)
        async with self._db.write() as uow:
            workspace = await uow.people.workspace()
            if workspace is None or await uow.people.with_role(Role.OWNER):
                return None
            workspace.owner_link_hash = hash_of(token)
            await _record(uow, self._clock.now(), "company.owner_link")
        return token


def hash_of(token: str) -> str:
    """The form in which a token is kept; tokens are random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


async def _furnish(uow: UnitOfWork, founding: Founding, now: datetime) -> None:
    department, name = founding.department, founding.pipeline
    uow.people.add(Department(name=department, name_folded=fold(department), created_at=now))
    pipeline = Pipeline(name=name, position=0, created_at=now)
    uow.pipelines.add(pipeline)
    await uow.people.flush()
    for position, (stage, (kind, required)) in enumerate(zip(founding.stages, STAGES, strict=True)):
        uow.pipelines.add(
            Stage(pipeline_id=pipeline.id, name=stage, position=position, kind=kind, required=list(required))
        )
    for position, reason in enumerate(founding.loss_reasons):
        uow.pipelines.add(LossReason(name=reason, position=position))


async def _record(uow: UnitOfWork, now: datetime, action: str) -> None:
    await uow.history.append(
        at=now, door=Door.COMMAND, action=action, subject="company", subject_id=1, changes={}
    )
