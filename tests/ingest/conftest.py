"""A folder to ingest and the fixtures of the knowledge tests."""

from pathlib import Path

import pytest

from knowledge.testing import HashEmbedder


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "hr").mkdir(parents=True)
    (folder / "leave.md").write_text("# Leave policy\n\nEvery person has 25 days of leave a year.\n")
    (folder / "hr" / "travel.md").write_text(
        "---\ntitle: Travel\n---\nBook trains through the travel desk.\n"
    )
    (folder / "security.html").write_text(
        "<html><head><title>Site</title></head><body><nav>Home</nav><main><h1>Security</h1>"
        "<p>Lock your screen.</p></main></body></html>"
    )
    return folder
