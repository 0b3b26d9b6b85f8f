"""Turn the packaged model into one ONNX file: `python -m knowledge.export MODEL_DIR ONNX_FILE`.

Runs in a process of its own, because the bot must never import torch.
"""

import sys
from pathlib import Path

import torch
from torch.nn.functional import normalize
from transformers import AutoModel


class SentenceModel(torch.nn.Module):  # type: ignore[misc]
    """The transformer with mean pooling and normalisation inside the graph."""

    def __init__(self, model_dir: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            str(model_dir), local_files_only=True, attn_implementation="eager"
        )

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Token ids and mask, both (batch, length), to unit vectors (batch, dimension)."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        return normalize((states * mask).sum(1) / mask.sum(1).clamp(min=1e-9), dim=1)


def export(model_dir: Path, target: Path) -> None:
    """Write `target`; batch and length stay free."""
    model = SentenceModel(model_dir).eval()
    example = torch.ones((2, 16), dtype=torch.int64)
    axes = {0: "batch", 1: "length"}
    with torch.no_grad():
        torch.onnx.export(
            model,
            (example, example),
            str(target),
            input_names=["input_ids", "attention_mask"],
            output_names=["embedding"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
