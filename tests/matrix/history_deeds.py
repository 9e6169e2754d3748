"""The histories of what is set: for whoever may set it."""

from keyboards.data import Press
from keyboards.setting_history import (
    CompanyHistoryCb,
    DepartmentHistoryCb,
    FieldHistoryCb,
    PersonHistoryCb,
    PipelineHistoryCb,
    SourceHistoryCb,
)
from services.dto.fields import FieldSubject
from tests.matrix.deeds import Deed, Facts, deed
from tests.matrix.field_deeds import field_id


def history_of(f: Facts) -> dict[str, Deed]:
    """That of a person, a department or a source."""
    told: dict[str, Press] = {
        "person": PersonHistoryCb(person_id=f.id),
        "department": DepartmentHistoryCb(department_id=f.id),
        "source": SourceHistoryCb(source_id=f.id),
    }
    return {"history": deed(told[f.thing.subject])}


def histories(f: Facts) -> dict[str, Deed]:
    """Those of the only pipeline, of a field, and of the company."""
    return {
        "pipeline_history": deed(PipelineHistoryCb(pipeline_id=1)),
        "field_history": deed(FieldHistoryCb(field_id=field_id(f, FieldSubject.LEAD))),
        "company_history": deed(CompanyHistoryCb()),
    }
