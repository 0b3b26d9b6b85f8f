"""The workspace that tests run on: a firm, a client's people in it, one over Slack Connect, a public one."""

from __future__ import annotations

from emulator.apps import assistant, noticeboard
from emulator.definition import ChannelDefinition, ChannelKind, Definition, Person, Persona, Team

FIRM, CLIENT, PUBLIC = "T01FIRM", "T02CLIENT", "T03PUBLIC"
ANA, CARL = "U01ANA", "U01CARL"
CORA, DEV, ELIF = "U01CORA", "U01DEV", "U01ELIF"
GUS = "U01GUS"
BEN, BELLA = "U02BEN", "U02BELLA"
PIA, PAUL = "U03PIA", "U03PAUL"
BOT, OTHER_BOT = "U01VCIOBOT", "U02NOTICEBOT"
GENERAL, DESK, ASK_IT, SHARED = "C01GENERAL", "C01DESK", "C01ASKIT", "C01SHARED"
PUBLIC_GENERAL = "C03GENERAL"


def sample_definition() -> Definition:
    """The default workspace of `LocalWorkspace`; ids are the constants of this module.

    The app is installed in the firm's team alone; the public company shares nothing with it.
    """
    return Definition(
        teams=(
            Team(FIRM, "Advisory Firm", "firm"),
            Team(CLIENT, "Client Company", "client"),
            Team(PUBLIC, "Public Company", "public"),
        ),
        people=_PEOPLE,
        apps=(assistant(FIRM), noticeboard(FIRM)),
        channels=(
            ChannelDefinition(GENERAL, "general", FIRM, (ANA, CARL, CORA, DEV, ELIF, GUS, BOT, OTHER_BOT)),
            ChannelDefinition(DESK, "vcio-desk", FIRM, (CORA, DEV, ELIF, BOT), ChannelKind.PRIVATE),
            ChannelDefinition(ASK_IT, "ask-it", FIRM, (ANA, CARL, DEV, BOT)),
            ChannelDefinition(
                SHARED, "shared-with-client", FIRM, (CORA, DEV, BEN, BELLA, BOT), shared_with=(CLIENT,)
            ),
            ChannelDefinition(PUBLIC_GENERAL, "general", PUBLIC, (PIA, PAUL)),
        ),
        desk_channel=DESK,
    )


_PEOPLE = (
    Person(ANA, FIRM, "ana", "Ana Alves", "Office manager", Persona.CLIENT),
    Person(CARL, FIRM, "carl", "Carl Chen", "Chief information officer", Persona.CIO),
    Person(CORA, FIRM, "cora", "Cora Quist", "Lead consultant", Persona.CONSULTANT, is_admin=True),
    Person(DEV, FIRM, "dev", "Dev Patel", "Consultant", Persona.CONSULTANT),
    Person(ELIF, FIRM, "elif", "Elif Demir", "Consultant", Persona.CONSULTANT),
    Person(GUS, FIRM, "gus", "Gus Grant", "Guest", Persona.CLIENT, is_guest=True),
    Person(BEN, CLIENT, "ben", "Ben Brook", "Team leader", Persona.CLIENT),
    Person(BELLA, CLIENT, "bella", "Bella Byrne", "Chief information officer", Persona.CIO),
    Person(PIA, PUBLIC, "pia", "Pia Park", "Office manager", Persona.CLIENT),
    Person(PAUL, PUBLIC, "paul", "Paul Price", "Head of IT", Persona.CIO, is_admin=True),
)
