"""The demonstration workspace: one advisory firm and two made-up clients of different size."""

from __future__ import annotations

from emulator.apps import assistant, noticeboard
from emulator.definition import ChannelDefinition, ChannelKind, Definition, Person, Persona, Stop, Team

FIRM, WESTMOOR = "T01FIRM", "T02WESTMOOR"
FIRM_NAME = "Lantern Advisory (demo firm)"
HARBOUR_NAME = "Harbour Bakery (demo client, 24 people)"
WESTMOOR_NAME = "Westmoor Housing (demo client, 180 people)"
HARBOUR_PEOPLE, WESTMOOR_PEOPLE = 24, 180
ANA, CARL = "U01ANA", "U01CARL"
CORA, DEV, ELIF = "U01CORA", "U01DEV", "U01ELIF"
BEN, BELLA = "U02BEN", "U02BELLA"
BOT, OTHER_BOT = "U01VCIOBOT", "U02NOTICEBOT"
GENERAL, DESK, HARBOUR_CHANNEL, SHARED = "C01GENERAL", "C01DESK", "C01HARBOUR", "C01WESTMOOR"

_PEOPLE = (
    Person(ANA, FIRM, "ana", "Ana Alves", "Office manager, Harbour Bakery", Persona.CLIENT),
    Person(CARL, FIRM, "carl", "Carl Chen", "CIO, Harbour Bakery", Persona.CIO),
    Person(BEN, WESTMOOR, "ben", "Ben Brook", "Team leader, Westmoor Housing", Persona.CLIENT),
    Person(BELLA, WESTMOOR, "bella", "Bella Byrne", "CIO, Westmoor Housing", Persona.CIO),
    Person(CORA, FIRM, "cora", "Cora Quist", "Lead consultant", Persona.CONSULTANT, is_admin=True),
    Person(DEV, FIRM, "dev", "Dev Patel", "Consultant", Persona.CONSULTANT),
    Person(ELIF, FIRM, "elif", "Elif Demir", "Consultant", Persona.CONSULTANT),
)


def demo_definition() -> Definition:
    """The workspace of the demonstration. Harbour's people are members of the firm's workspace."""
    return Definition(
        teams=(
            Team(FIRM, FIRM_NAME, "lantern-demo"),
            Team(WESTMOOR, WESTMOOR_NAME, "westmoor-demo"),
        ),
        people=_PEOPLE,
        apps=(assistant(FIRM), noticeboard(FIRM)),
        channels=(
            ChannelDefinition(GENERAL, "general", FIRM, (CORA, DEV, ELIF, ANA, CARL, BOT)),
            ChannelDefinition(DESK, "vcio-desk", FIRM, (CORA, DEV, ELIF, BOT), ChannelKind.PRIVATE),
            ChannelDefinition(
                HARBOUR_CHANNEL, "harbour-bakery", FIRM, (ANA, CARL, CORA, BOT), ChannelKind.PRIVATE
            ),
            ChannelDefinition(
                SHARED, "westmoor-housing", FIRM, (CORA, DEV, BEN, BELLA, BOT), shared_with=(WESTMOOR,)
            ),
        ),
        desk_channel=DESK,
        tour=(
            Stop("Dev, consultant: Home", DEV),
            Stop("Dev: the desk", DEV, DESK),
            Stop("Cora, lead: Home", CORA),
            Stop("Ben, client: with a consultant", BEN, SHARED),
            Stop("Carl, CIO: Home", CARL),
        ),
    )
