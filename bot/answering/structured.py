"""The shape of what a language model is asked for where its provider can keep to one."""

from pydantic import BaseModel, Field


class Standalone(BaseModel):
    """A question that can be understood without the conversation it stands in."""

    question: str = Field(max_length=1_000, description="The last message as one question that stands alone.")
