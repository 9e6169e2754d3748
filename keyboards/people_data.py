"""Callback data of the team: departments, people, invitations."""

from keyboards.data import Id, Press


class TeamCb(Press, prefix="tm"):
    """The departments and their people."""


class DepartmentCb(Press, prefix="dep"):
    """A department (0: those who belong to none), page by page."""

    department_id: Id
    page: Id = 0


class DepartmentNewCb(Press, prefix="den"):
    """Ask for the name of a new department."""


class DepartmentRenameCb(Press, prefix="der"):
    """Ask for another name of a department."""

    department_id: Id


class DepartmentPlaceCb(Press, prefix="del"):
    """Ask where a department is; `first`: in the row of the first start (1), or in the team (0)."""

    department_id: Id
    first: Id = 0


class PersonPress(Press, prefix="-p"):
    """A button on one person."""

    person_id: Id

    def subject(self) -> tuple[str, int]:
        """The person's card."""
        return ("person", self.person_id)


class PersonCb(PersonPress, prefix="p"):
    """Open a person."""


class PersonRolesCb(PersonPress, prefix="pr"):
    """Show what a person could be."""


class PersonRoleCb(PersonPress, prefix="prs"):
    """Make a person something; `department_id` for those who had none yet."""

    role: str
    department_id: Id = 0


class PersonDepartmentsCb(PersonPress, prefix="pd"):
    """Show where a person belongs."""


class PersonDepartmentCb(PersonPress, prefix="pds"):
    """Put a person into a department (1) or take them out (0)."""

    department_id: Id
    belongs: Id


class PersonInviteCb(PersonPress, prefix="pi"):
    """Invite somebody who is known by name only."""


class WorkCb(PersonPress, prefix="pw"):
    """Who takes over a person's work? `leave`: they leave the company (1), or stay (0)."""

    leave: Id
    page: Id = 0


class WorkHeirCb(PersonPress, prefix="pwh"):
    """Ask once more before it is done; heir 0 when there is nothing to hand over."""

    leave: Id
    heir_id: Id


class WorkShareCb(PersonPress, prefix="pws"):
    """Among whom shall a person's work be divided?"""

    leave: Id
    page: Id = 0


class WorkShareOneCb(PersonPress, prefix="pwo"):
    """This colleague, too, or not after all."""

    leave: Id
    heir_id: Id
    page: Id = 0


class WorkShareDoneCb(PersonPress, prefix="pwx"):
    """Divide the work among those who were chosen, and with `leave` let the person go."""

    leave: Id


class WorkDoneCb(PersonPress, prefix="pwd"):
    """Hand the work over, and with `leave` let the person go."""

    leave: Id
    heir_id: Id


class InviteCb(Press, prefix="i"):
    """Choose what the invited person will be."""


class InviteRoleCb(Press, prefix="ir"):
    """Invite somebody for a role, into a department (0: not chosen yet, or none)."""

    role: str
    department_id: Id = 0


class InvitesCb(Press, prefix="il"):
    """The open invitations."""


class InviteRevokeCb(Press, prefix="ix"):
    """Take an invitation back."""

    invite_id: Id
