"""How things are deleted and brought back by hand."""

from keyboards.bin import BinCb, BinnedCb, DeleteCb, DeleteSureCb, DestroyCb, DestroySureCb, RestoreCb
from keyboards.task_bin import TaskBinCb, TaskBinnedCb, TaskRestoreCb
from tests.matrix.deeds import Deed, Facts, deed

WENT = (
    "task task_item task_watcher note note_source note_file contact_point consent "
    "field_value field_word deal_tag lead_tag contact_tag company_tag timer mute deal deal_helper"
)


def deletion(f: Facts, kind: str, table: str, version: int = 1) -> dict[str, Deed]:
    """Of a deal, a lead, a contact or a company."""
    one = {"kind": kind, "id": f.id}
    return {
        "delete_ask": deed(DeleteCb(**one), shows=False),
        "delete": deed(DeleteSureCb(**one, version=version), changes=f"{table} bin", also=WENT, many=True),
    }


def binned(f: Facts) -> dict[str, Deed]:
    """Of what lies in the bin already."""
    one = {"bin_id": f.id}
    return {
        "see": deed(BinnedCb(**one)),
        "restore": deed(RestoreCb(**one), changes="lead bin", also="timer"),
        "destroy_ask": deed(DestroyCb(**one)),
        "destroy": deed(DestroySureCb(**one), changes="bin", shows=False),
    }


def dropped(f: Facts) -> dict[str, Deed]:
    """Of a task that was deleted already."""
    one = {"task_id": f.id}
    return {
        "see": deed(TaskBinnedCb(**one)),
        "restore": deed(TaskRestoreCb(**one), changes="task", also="timer"),
    }


def own() -> dict[str, Deed]:
    """The bin itself, and that of tasks."""
    return {"bin": deed(BinCb()), "task_bin": deed(TaskBinCb())}
