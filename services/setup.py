"""The first start: a company with a way of selling, and the link that makes its owner."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from db.models import Department, LossReason, Pipeline, Stage
from db.uow import Database, UnitOfWork
from services.access import Door, Role
from services.clock import Clock
from services.followup.rules import usual_norm
from services.pipeline_templates import SALES, Template, Wording
from services.understanding.fold import fold
from services.understanding.work_hours import WorkHours

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
    template: Template = SALES

    @property
    def stages(self) -> tuple[str, ...]:
        """Names of the pipeline's stages."""
        return self.template.wording(self.language).stages


HOURS = WorkHours((((9 * 60, 18 * 60),),) * 5 + ((), ()))
"""Monday to Friday from nine to six, until the owner says otherwise."""

FOUNDINGS = {
    "ru": Founding(
        name="Моя компания",
        language="ru",
        currency="RUB",
        time_zone="Europe/Moscow",
        region="RU",
        department="Продажи",
    ),
    "en": Founding(
        name="My company",
        language="en",
        currency="USD",
        time_zone="America/New_York",
        region="US",
        department="Sales",
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
                hours=HOURS.data,
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
    name, wording = founding.department, founding.template.wording(founding.language)
    uow.people.add(Department(name=name, name_folded=fold(name), created_at=now))
    pipeline = Pipeline(name=wording.name, position=0, created_at=now)
    uow.pipelines.add(pipeline)
    await uow.people.flush()
    add_stages(uow, pipeline.id, founding.template, wording)
    for position, reason in enumerate(wording.loss_reasons):
        uow.pipelines.add(LossReason(name=reason, position=position))


def add_stages(uow: UnitOfWork, pipeline_id: int, template: Template, wording: Wording) -> None:
    """Give a pipeline that has none the stages of a template."""
    for position, (name, (kind, required)) in enumerate(zip(wording.stages, template.stages, strict=True)):
        uow.pipelines.add(
            Stage(
                pipeline_id=pipeline_id,
                name=name,
                position=position,
                kind=kind,
                required=list(required),
                norm_days=usual_norm(kind),
            )
        )


async def _record(uow: UnitOfWork, now: datetime, action: str) -> None:
    await uow.history.append(
        at=now, door=Door.COMMAND, action=action, subject="company", subject_id=1, changes={}
    )
