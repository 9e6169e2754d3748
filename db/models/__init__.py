"""All tables, one module per area."""

from db.models.bin import Binned
from db.models.clients import Company, Contact, ContactPoint
from db.models.consents import Consent, ConsentText
from db.models.deals import Deal, DealHelper, LossReason, Payment, Pipeline, Stage
from db.models.delivery import Beat, Card, Form, Inbox, Mute, Outbox, Timer
from db.models.distribution import PipelineShare, PipelineWay
from db.models.fields import CustomField, FieldValue, FieldWord
from db.models.history import Event, Seal, Unsealed
from db.models.imports import ImportBatch, ImportFill, ImportRow
from db.models.inquiries import ApiKey, FormSource, Inquiry
from db.models.leads import Lead
from db.models.lists import Listing, View, ViewPin
from db.models.mail import Mail, Mailbox
from db.models.merges import Merge
from db.models.news import NewsChannel, NewsPost
from db.models.people import Department, Invite, Membership, Person, SpecialDay, Workspace
from db.models.plans import SalesPlan
from db.models.tags import CompanyTag, ContactTag, DealTag, LeadTag, Tag
from db.models.talk import NoteFile, NoteSource, NoteVersion
from db.models.team_chats import DealTopic, TeamChat
from db.models.words import SearchWord, Source
from db.models.work import Call, Note, Task, TaskItem, TaskSeries, TaskWatcher

__all__ = [
    "ApiKey",
    "Beat",
    "Binned",
    "Call",
    "Card",
    "Company",
    "CompanyTag",
    "Consent",
    "ConsentText",
    "Contact",
    "ContactPoint",
    "ContactTag",
    "CustomField",
    "Deal",
    "DealHelper",
    "DealTag",
    "DealTopic",
    "Department",
    "Event",
    "FieldValue",
    "FieldWord",
    "Form",
    "FormSource",
    "ImportBatch",
    "ImportFill",
    "ImportRow",
    "Inbox",
    "Inquiry",
    "Invite",
    "Lead",
    "LeadTag",
    "Listing",
    "LossReason",
    "Mail",
    "Mailbox",
    "Membership",
    "Merge",
    "Mute",
    "NewsChannel",
    "NewsPost",
    "Note",
    "NoteFile",
    "NoteSource",
    "NoteVersion",
    "Outbox",
    "Payment",
    "Person",
    "Pipeline",
    "PipelineShare",
    "PipelineWay",
    "SalesPlan",
    "Seal",
    "SearchWord",
    "Source",
    "SpecialDay",
    "Stage",
    "Tag",
    "Task",
    "TaskItem",
    "TaskSeries",
    "TaskWatcher",
    "TeamChat",
    "Timer",
    "Unsealed",
    "View",
    "ViewPin",
    "Workspace",
]
