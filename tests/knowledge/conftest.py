"""An embedder, and the places of an index, for the knowledge tests."""

import pytest

from knowledge.testing import HashEmbedder


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture(params=["embedded", "server"])
def chroma_url(request: pytest.FixtureRequest) -> str | None:
    """Both places an index can be."""
    return str(request.getfixturevalue("chroma_server")) if request.param == "server" else None
