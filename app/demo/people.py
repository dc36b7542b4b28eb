"""The demo's accounts: one documented password, addresses below `.example`, nobody of a real State."""

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.accounts.commands import Person
from app.accounts.models import User
from app.accounts.services import create_account
from app.reference.states import state_by_code
from app.reference.workweek import weekdays
from app.workflow.actor import Actor
from app.workflow.vocabulary import ActorKind, Role
from app.workflow.workdays import MONDAY_TO_FRIDAY

#: Public, and only good on loopback: an instance with other settings refuses the demo.
PASSWORD: Final = "paper-boat-demo-2005"
DOMAIN: Final = "demo.example"
VIENNA: Final = "Europe/Vienna"
NEW_YORK: Final = "America/New_York"


@dataclass(frozen=True, slots=True)
class Part:
    """One account of the demo.

    Attributes:
        login: the address before the @, and how stories call the person.
        state: code of three letters of an invented State, for its people.
        zone: of the duty station, for everybody else.
        alone: whether the mission lets this focal point submit without confirmation.
    """

    login: str
    role: Role
    name: str
    title: str
    state: str | None = None
    zone: str = VIENNA
    alone: bool = False

    @property
    def email(self) -> str:
        """The address with which the person signs in."""
        return f"{self.login}@{DOMAIN}"


def _state(code: str, focal: tuple[str, str], mission: tuple[str, str], *, alone: bool = False) -> tuple[Part, Part]:
    """Return a State's focal point and the person of its mission, each given by name and title."""
    return (
        Part(f"focal.{code.lower()}", Role.FOCAL_POINT, *focal, state=code, alone=alone),
        Part(f"mission.{code.lower()}", Role.MISSION, *mission, state=code),
    )


ATTACHE, COUNSELLOR = "Legal Attaché, Permanent Mission", "Counsellor, Permanent Mission"
#: Every role, in the order in which the accounts are printed.
PARTS: Final = (
    *_state("XTV", ("Amadi Kessaro", "Directeur des affaires pénales"), ("Odile Ravatumbe", COUNSELLOR)),
    *_state("XKS", ("Naledi Orukwa", "Deputy Director, International Law"), ("Tendai Masikure", ATTACHE)),
    *_state("XOW", ("Samira Benouhar", "Head of Treaty Department"), ("Idris El Karoumi", COUNSELLOR)),
    *_state("XVH", ("Tevita Moanaloa", "Crown Counsel"), ("Sina Faleatoa", ATTACHE)),
    *_state("XUM", ("Aigul Sermatova", "Head of Section, Ministry of Justice"), ("Timur Bekranov", COUNSELLOR)),
    *_state("XLG", ("Lin Seraya", "Senior State Attorney"), ("Wen Daophet", ATTACHE)),
    *_state("XNV", ("Ilze Karvonova", "Adviser, Ministry of Justice"), ("Marek Dolinsky-Ruus", COUNSELLOR)),
    *_state("XZM", ("Bogdan Telmarin", "Registrar, Judicial School"), ("Vesna Orlovar", ATTACHE)),
    *_state(
        "XQV", ("Lucía Ferrandil", "Directora de Cooperación Jurídica"), ("Tomás Arguelmo", COUNSELLOR), alone=True
    ),
    *_state("XIA", ("Marva Quashie-Bell", "Chief Parliamentary Counsel"), ("Desmond Pilgrove", ATTACHE)),
    Part("mission.xhv", Role.MISSION, "Astrid Halvensen", "Conseillère juridique, Mission permanente", state="XHV"),
    Part("intake", Role.INTAKE_OFFICER, "Hanna Lindqvore", "Programme Officer, Intake"),
    Part("intake2", Role.INTAKE_OFFICER, "Paolo Verrantini", "Associate Programme Officer, Intake"),
    Part("officer", Role.CASE_OFFICER, "Miriam Oduyale", "Legal Officer"),
    Part("officer2", Role.CASE_OFFICER, "Rafael Montescar", "Legal Officer"),
    Part("officer3", Role.CASE_OFFICER, "Dilnoza Yusupkhan", "Legal Officer"),
    Part("chief", Role.BRANCH_CHIEF, "Joanna Whitfellow", "Chief of Branch"),
    Part("chief2", Role.BRANCH_CHIEF, "Kwabena Asantewo", "Officer-in-Charge, Alternate Chief"),
    Part("support", Role.PROGRAMME_SUPPORT, "Elif Karadenli", "Programme Support Officer"),
    Part("support2", Role.PROGRAMME_SUPPORT, "Anselm Burdovic", "Programme Support Assistant"),
    Part("ctc", Role.CTC_LIAISON, "Stephen Abernolt", "Legal Officer, CTED", zone=NEW_YORK),
    Part("ola", Role.OLA_LIAISON, "Ingrid Solheimer", "Legal Officer, Treaty Section", zone=NEW_YORK),
    Part("manager", Role.MANAGER, "Claire Duvaronne", "Programme Manager"),
    Part("auditor", Role.AUDITOR, "Viktor Hallmeyer", "Auditor"),
    Part("admin", Role.ADMINISTRATOR, "Noor Rahimzad", "Systems Administrator"),
)


@dataclass(frozen=True, slots=True)
class Player:
    """A person of the demo on stage: who acts, and when their office is open.

    Attributes:
        key: public key of the account.
        weekdays: working days, Monday is 0.
    """

    part: Part
    actor: Actor
    key: str
    zone: ZoneInfo
    weekdays: frozenset[int]


def open_accounts(session: Session, password_hash: str) -> dict[str, Player]:
    """Write every account and return the players by login.

    Args:
        session: a writing session.
        password_hash: of `PASSWORD`, made once for all and before the transaction.

    Raises:
        NotFound: the invented States were not loaded.
    """
    return {part.login: _open(session, part, password_hash) for part in PARTS}


def _open(session: Session, part: Part, password_hash: str) -> Player:
    state = state_by_code(session, part.state) if part.state else None
    zone = state.time_zone if state else part.zone
    account: User = create_account(
        session,
        Person(name=part.name, email=part.email, title=part.title),
        (part.role,),
        password_hash=password_hash,
        state_id=state.id if state else None,
        time_zone=zone,
    )
    actor = Actor(
        user_id=account.id,
        kind=ActorKind.USER,
        name=part.name,
        roles=frozenset({part.role}),
        state_id=account.state_id,
        body=account.body,
        may_submit=part.alone,
    )
    open_on = weekdays(state.working_days) if state else MONDAY_TO_FRIDAY
    return Player(part, actor, account.key, ZoneInfo(zone), open_on)
