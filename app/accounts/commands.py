"""What people ask of accounts: frozen commands that hold the rules."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.accounts.addresses import is_address
from app.accounts.kinds import PERSONAL_ROLES, AccountKind, kind_of
from app.workflow.vocabulary import Body, Role

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Telephone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Theme = Literal["system", "light", "dark"]


def _address(value: str) -> str:
    found = value.strip().lower()
    if not is_address(found):
        raise PydanticCustomError("email", "not an e-mail address")
    return found


Email = Annotated[str, AfterValidator(_address)]


class Command(BaseModel):
    """Base of the commands."""

    model_config = ConfigDict(frozen=True)


class Person(Command):
    """Who somebody is."""

    name: Name
    email: Email
    title: Line = ""
    telephone: Telephone = ""
    locale: str = "en"


class InvitePerson(Person):
    """Open an account with its first roles; all of one kind (process page, People)."""

    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    state_id: int | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not set(self.roles) <= PERSONAL_ROLES or len({kind_of(role) for role in self.roles}) > 1:
            raise PydanticCustomError("roles_do_not_fit", "roles of different kinds")
        if self.kind is AccountKind.STATE and len(self.roles) > 1:
            raise PydanticCustomError("roles_do_not_fit", "drafting and confirming are two persons")
        if (self.kind is AccountKind.STATE) != (self.state_id is not None):
            code = "state_needed" if self.state_id is None else "state_not_for_role"
            raise PydanticCustomError(code, "the State does not fit the role")
        return self

    @property
    def kind(self) -> AccountKind:
        """The kind of account that may hold these roles."""
        return kind_of(self.roles[0])


class EditPerson(Command):
    """Change what is known of a person; never their roles, State or body."""

    key: str
    name: Name
    title: Line = ""
    telephone: Telephone = ""


class SetOffice(Command):
    """Name the office of a body, and where its notices go."""

    body: Body
    name: Name
    email: Email
    telephone: Telephone = ""


class OfPerson(Command):
    """An act on one account: grant nothing, name nothing but whom."""

    key: str


class ChangeRole(OfPerson):
    """Grant or take one role."""

    role: Role


class Nominate(Person):
    """A mission names a focal point of its State."""


class Replace(Person):
    """A mission names somebody in the place of a focal point, whose account ends."""

    key: str


class LetSubmit(OfPerson):
    """Whether a focal point may submit without the mission's confirmation."""

    allowed: bool


class OwnAccount(Command):
    """What a person may change about themselves."""

    name: Name
    title: Line = ""
    telephone: Telephone = ""
    locale: str
    time_zone: str
    theme: Theme


class NameStandIn(Command):
    """Who acts in one's absence; both days count, in the absent person's time zone."""

    stand_in_key: str
    first_day: date
    last_day: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_day < self.first_day:
            raise PydanticCustomError("days_reversed", "the last day is before the first")
        return self
