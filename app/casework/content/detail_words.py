"""Words for the codes of the tasks "instruments", "details" and "results"."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.casework.content.details import Profession, RatificationStage, Reservation, TrainingLevel, TrainingTopic
from app.casework.content.instruments import NuclearWish, PartySaid, Resolution
from app.casework.content.results import CrimeLink, HostOffer, JusticeMarker, Modality

PARTY_SAID: dict[PartySaid, LazyString] = {
    PartySaid.YES: _l("Yes, we are a party"),
    PartySaid.NO: _l("No, we are not a party"),
    PartySaid.NOT_KNOWN: _l("We do not know"),
}
NUCLEAR_WISHES: dict[NuclearWish, LazyString] = {
    NuclearWish.YES: _l("Yes"),
    NuclearWish.NO: _l("No"),
    NuclearWish.LATER: _l("Later, not with this request"),
}
RESOLUTIONS: dict[Resolution, LazyString] = {
    Resolution.R1373: _l("Resolution 1373 (2001): financing, safe havens, cooperation"),
    Resolution.R1535: _l("Resolution 1535 (2004): visits and assistance by CTED"),
    Resolution.R1540: _l("Resolution 1540 (2004): weapons of mass destruction and non-State actors"),
    Resolution.R1566: _l("Resolution 1566 (2004): offences, extradition or prosecution"),
    Resolution.R1624: _l("Resolution 1624 (2005): incitement"),
}
STAGES: dict[RatificationStage, LazyString] = {
    RatificationStage.CABINET: _l("Before the cabinet"),
    RatificationStage.PARLIAMENT: _l("Before parliament"),
    RatificationStage.SIGNATURE: _l("Waits for signature of the instrument of ratification or accession"),
    RatificationStage.DEPOSIT: _l("Waits for deposit with the depositary"),
}
RESERVATIONS: dict[Reservation, LazyString] = {
    Reservation.YES: _l("Yes"),
    Reservation.NO: _l("No"),
    Reservation.UNDER_STUDY: _l("Under study"),
}
PROFESSIONS: dict[Profession, LazyString] = {
    Profession.JUDGES: _l("Judges"),
    Profession.PROSECUTORS: _l("Prosecutors"),
    Profession.INVESTIGATORS: _l("Investigators"),
    Profession.DEFENCE: _l("Defence lawyers"),
    Profession.POLICE: _l("Police officers"),
    Profession.CENTRAL_AUTHORITY: _l("Staff of the central authority"),
    Profession.FINANCIAL_INTELLIGENCE: _l("Financial intelligence analysts"),
    Profession.LEGISLATORS: _l("Legislators and drafters"),
    Profession.OTHER: _l("Another profession"),
}
LEVELS: dict[TrainingLevel, LazyString] = {
    TrainingLevel.BASIC: _l("Basic"),
    TrainingLevel.ADVANCED: _l("Advanced"),
    TrainingLevel.TRAINERS: _l("Will train others"),
}
TOPICS: dict[TrainingTopic, LazyString] = {
    TrainingTopic.INSTRUMENTS: _l("International instruments and resolutions"),
    TrainingTopic.OFFENCES: _l("Definition of the offences"),
    TrainingTopic.INVESTIGATION: _l("Investigation and special techniques"),
    TrainingTopic.EVIDENCE: _l("Evidence"),
    TrainingTopic.FINANCING: _l("Financing of terrorism and freezing of assets"),
    TrainingTopic.EXTRADITION: _l("Extradition"),
    TrainingTopic.MUTUAL_ASSISTANCE: _l("Mutual legal assistance"),
    TrainingTopic.FAIR_TRIAL: _l("Human rights and fair trial"),
    TrainingTopic.NUCLEAR: _l("Nuclear, chemical and biological material"),
    TrainingTopic.TRANSPORT: _l("Civil aviation and maritime navigation"),
    TrainingTopic.CYBER: _l("Use of the internet for terrorist purposes"),
    TrainingTopic.VICTIMS: _l("Victims and witnesses"),
}
CRIME_LINKS: dict[CrimeLink, LazyString] = {
    CrimeLink.DRUGS: _l("Illicit drugs"),
    CrimeLink.ORGANIZED_CRIME: _l("Transnational organized crime"),
    CrimeLink.MONEY_LAUNDERING: _l("Money-laundering"),
    CrimeLink.CORRUPTION: _l("Corruption"),
    CrimeLink.TRAFFICKING_IN_PERSONS: _l("Trafficking in persons"),
    CrimeLink.ARMS: _l("Illegal movement of arms and dangerous material"),
    CrimeLink.CYBER: _l("Crime by means of computers"),
    CrimeLink.NONE: _l("No link to other crime"),
}
JUSTICE_MARKERS: dict[JusticeMarker, LazyString] = {
    JusticeMarker.COURTS: _l("Courts"),
    JusticeMarker.PROSECUTION: _l("Prosecution"),
    JusticeMarker.DEFENCE: _l("Defence and legal aid"),
    JusticeMarker.INVESTIGATION: _l("Investigation"),
    JusticeMarker.CORRECTIONS: _l("Corrections"),
    JusticeMarker.CENTRAL_AUTHORITY: _l("Central authority"),
    JusticeMarker.OVERSIGHT: _l("Oversight"),
    JusticeMarker.NONE: _l("No part of criminal justice"),
}
MODALITIES: dict[Modality, LazyString] = {
    Modality.ON_SITE: _l("On site"),
    Modality.REMOTE: _l("Remote"),
    Modality.HYBRID: _l("Partly on site, partly remote"),
}
HOST_OFFERS: dict[HostOffer, LazyString] = {
    HostOffer.VENUE: _l("Venue"),
    HostOffer.INTERPRETATION: _l("Interpretation"),
    HostOffer.TRANSPORT: _l("Transport"),
    HostOffer.STAFF: _l("Staff"),
    HostOffer.CASH: _l("Cash"),
}
