"""The listeners behind the form with the firm's profile."""

from bot.database import Database
from bot.errors import AdvisoryError
from bot.slack import firm_texts as said
from bot.slack import home_texts
from bot.slack import member_ids as ids
from bot.slack.blocks.firm_form import firm_view, read_before, read_typed, stored_view
from bot.slack.blocks.notices import reply_message
from bot.slack.failures import Answer, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.requests import Request
from bot.workflows.state_firm import FormError, StateFirm

FIRST_BLOCK = ids.field_block("name")


class FirmProfileForm:
    """*Edit the profile* on a lead's Home; each press and submission is checked by the workflow."""

    def __init__(self, database: Database, directory: SlackDirectory, fixed_name: str | None) -> None:
        self._firm = StateFirm(database, directory, fixed_name)

    @kindly
    async def open(self, request: Request) -> None:
        """Show the form as things stand."""
        form = await self._firm.shown(request.press)
        await request.show(firm_view(form), reply_message(home_texts.PRESS_AGAIN))

    @kindly_at(FIRST_BLOCK, said.NOT_STORED)
    async def submit(self, request: Request) -> Answer:
        """Store it, or say at each field what is wrong; what was typed stays."""
        view = request.body["view"]
        before, typed = read_before(view), read_typed(view)
        try:
            speaks_anew = await self._firm.store(request.press, before, typed)
        except FormError as error:
            errors = {ids.field_block(name): sentence for name, sentence in error.errors.items()}
            return {"response_action": "errors", "errors": errors}
        except AdvisoryError as error:
            return {"response_action": "update", "view": stored_view(error.user_text)}
        told = said.NOTHING_NEW if before == typed else said.STORED
        told = said.STORED_ARTICLES if speaks_anew else told
        return {"response_action": "update", "view": stored_view(told)}
