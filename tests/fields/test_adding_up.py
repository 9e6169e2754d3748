"""Reports that add up what numbers and sums of deals say."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Speech
from db.models import Deal
from db.uow import Database
from handlers.views.field_reports import by_field
from services.bundle import Services
from services.dto.fields import FieldKind, FieldSubject
from services.dto.reports import FieldTotals
from services.errors import ForbiddenError
from services.report_periods import Named
from tests.cast import TurnedClock, stages_by_name
from tests.fields.making import Find, make_field, some_deal
from tests.fields.test_finding import filled


async def test_a_report_adds_numbers_and_sums_up_by_stage(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    olga, anna, hugo = await actor("olga"), await actor("anna"), await actor("hugo")
    deals, fields = await filled(db, services, clock, olga, anna)
    cost = await make_field(services, olga, FieldKind.MONEY, "Cost")
    for deal, typed in zip(deals, ("1000,50", "2000", "70 USD"), strict=True):
        await services.filling.write(anna, FieldSubject.DEAL, deal, cost.id, typed)
    away, lost = await some_deal(db, clock, anna), (await stages_by_name(db))["Lost"].id
    await services.filling.write(anna, FieldSubject.DEAL, away, cost.id, "5000")
    async with db.write() as uow:
        row = await uow.session.get_one(Deal, away)
        row.stage_id, row.closed_on = lost, date(2025, 1, 1)
    period = services.reports.period(olga, Named.MONTH)
    speech = Speech("en", ZoneInfo("UTC"), clock)
    for field_, told, total in (
        (cost, [("New", 1, 1000_50), ("In work", 1, 2000_00)], "Altogether: <b>3,001 RUB</b>"),
        (fields["floor"], [("New", 1, 10_000), ("In work", 1, 25_000), ("Awaiting payment", 1, 100_000)],
         "Altogether: <b>13.5</b>"),
    ):  # fmt: skip
        shown = await services.field_reports.by_field(olga, period, field_.id)
        assert isinstance(shown, FieldTotals)
        lines = [(one.stage.name, one.count, one.total) for one in shown.funnels[0].lines if one.count]
        assert lines == told
        assert total in by_field(shown, speech).text
    theirs = await services.field_reports.by_field(hugo, period, cost.id)
    assert "It is not filled in" in by_field(theirs, speech).text
    with pytest.raises(ForbiddenError):
        await services.field_reports.by_field(anna, period, cost.id)
