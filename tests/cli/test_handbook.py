"""A real handbook in a client's own collection: answered from for that client, and for nobody else."""

from typing import Any

import pytest

from tests.cli.conftest import CHECKOUT, Vcio
from tests.methodology.rules_form import PLANNED_SLUGS

HANDBOOK = CHECKOUT.parent / "shared" / "data" / "18f-handbook"
# Enough of it for the questions; all of it takes minutes, and is the soak test below.
PART = ("pages/about-us/tts-consulting/operations", "pages/getting-started/piv.md", "pages/redirects")
QUESTIONS = {
    "How do I record my hours in Tock?": "tock",
    "How do I get a PIV card?": "piv",
}

pytestmark = pytest.mark.skipif(
    not HANDBOOK.is_dir(), reason="the handbook's files are not beside the checkout"
)


@pytest.fixture
def clients(vcio: Vcio) -> Vcio:
    """`vcio` with two clients, one of whom has the handbook."""
    for name in ("Agency", "Other"):
        assert vcio("clients", "add", name).exit_code == 0
    return vcio


def check_isolation(vcio: Vcio) -> None:
    for question, word in QUESTIONS.items():
        own = asked(vcio, question, "--client", "agency")
        assert own["outcome"] == "answer"
        assert word in own["citations"][0]["slug"]
        for others in ((), ("--client", "other")):
            answer = asked(vcio, question, *others)
            assert answer["outcome"] != "answer"
            # At most the nearest section of the methodology is pointed to.
            assert {citation["slug"] for citation in answer["citations"]} <= PLANNED_SLUGS
            assert {row["scope"] for row in found(vcio, question, *others)} == {"methodology"}


def asked(vcio: Vcio, question: str, *more: str) -> dict[str, Any]:
    answer: dict[str, Any] = vcio.json("ask", question, "--json", *more)
    return answer


def found(vcio: Vcio, question: str, *more: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = vcio.json("search", question, "--json", *more)
    return rows


def counts(report: dict[str, Any]) -> dict[str, int]:
    actions = [file["action"] for file in report["files"]]
    return {action: actions.count(action) for action in dict.fromkeys(sorted(actions))}


def test_part_of_the_handbook_answers_its_client_alone(clients: Vcio) -> None:
    paths = [HANDBOOK / part for part in PART]
    report = clients.json("ingest", *paths, "--client", "agency", "--json")
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*.md"))]
    assert counts(report) == {"indexed": len(files) - 2, "skipped": 2}
    # Two pages only redirect: they have a heading for machines and no text.
    assert {file["reason"] for file in report["files"] if file["action"] == "skipped"} == {"no text"}
    assert report["passages"] > len(files)
    check_isolation(clients)


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_the_whole_handbook_answers_its_client_alone(clients: Vcio) -> None:
    report = clients.json("ingest", HANDBOOK, "--client", "agency", "--json")
    actions = counts(report)
    kinds = {file["reason"] for file in report["files"] if file["action"] == "skipped"}
    assert kinds == {"hidden", "no text"} | {f"{kind} is not read yet" for kind in ("PDF", "Word", "Excel")}
    assert actions["indexed"] > 10 * actions["skipped"]
    again = counts(clients.json("ingest", HANDBOOK, "--client", "agency", "--json"))
    assert again == {"skipped": actions["skipped"], "unchanged": actions["indexed"]}
    check_isolation(clients)
