"""What each article must hold: a file a slug, a term a line; of alternatives with a bar, one has to occur."""

from pathlib import Path
from types import MappingProxyType

MUST_COVER = MappingProxyType(
    {
        path.stem: tuple(line.strip() for line in path.read_text("utf-8").splitlines() if line.strip())
        for path in sorted((Path(__file__).parent / "must_cover").glob("*.txt"))
    }
)
