"""Numbers of Slack's API that do not belong to one block: lengths, counts, lifetimes and rates.

Source: docs.slack.dev (method, event and rate-limit pages, September 2026) unless a comment says otherwise.
Lengths are in characters, times in seconds.
"""

from enum import Enum

MESSAGE_BLOCKS = 50
MESSAGE_ATTACHMENTS = 100
MESSAGE_TEXT_TRUNCATED_ABOVE = 40_000
UPDATE_TEXT = 4_000
MARKDOWN_TEXT = 12_000
MARKDOWN_BLOCKS_PER_MESSAGE = 12_000
# Not documented: seen by users of the Node SDK; all text of all blocks of one message together.
BLOCKS_TOTAL_CHARACTERS = 13_200
TABLE_CHARACTERS = 10_000
DATA_TABLE_CHARACTERS = 20_000
TABLE_COLUMNS = 20

BLOCK_ID = 255
ACTION_ID = 255
TEXT_OBJECT = (1, 3_000)
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTION_DESCRIPTION = 75
OPTION_URL = 3_000
GROUP_LABEL = 75
GROUP_OPTIONS = (1, 100)
CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
PLACEHOLDER = 150

MODAL_TITLE = 24
MODAL_SUBMIT = 24
MODAL_CLOSE = 24
VIEW_BLOCKS = (1, 100)
PRIVATE_METADATA = 3_000
CALLBACK_ID = 255
EXTERNAL_ID = 255
VIEW_BYTES = 250_000
VIEW_STACK = 3

ACK_SECONDS = 3
TRIGGER_SECONDS = 3
RESPONSE_URL_USES = 5
RESPONSE_URL_SECONDS = 1_800
EVENT_RETRY_DELAYS_SECONDS = (0, 60, 300)
EVENT_DROPPED_AFTER_SECONDS = 7_200
EVENT_REDIRECTS = 2
OAUTH_CODE_SECONDS = 600
SOCKET_CONNECTIONS = 10
WARNING_BEFORE_DISCONNECT_SECONDS = 10
DEBUG_CONNECTION_SECONDS = 360

HISTORY_LIMIT = (1, 999)
REPLIES_LIMIT = (1, 1_000)
USERS_CONVERSATIONS_LIMIT = 999
OPEN_USERS = 8
UPLOAD_CHANNELS = 100
UPLOAD_ALT_TEXT = 1_000
UPLOAD_LENGTH_MIN = 1

STREAM_LIFE_SECONDS = 300  # observed by several SDK users, not documented
STREAM_TASK_STATUSES = ("pending", "in_progress", "complete", "error")
STREAM_CHUNK_TYPES = ("markdown_text", "task_update", "plan_update", "blocks")
STREAM_CHUNK_BLOCKS = 50  # besides the 50 that the last call may add
STREAM_DISPLAY_MODES = ("timeline", "plan")
SUGGESTED_PROMPTS = 4
LOADING_MESSAGES = 10
LOADING_MESSAGE_LENGTH = (1, 50)
SESSION_TITLE = (1, 200)
SESSION_STATUSES = ("active", "processing", "suspended", "closed")
SESSION_PROCESSING_SECONDS = 3_600
LEGACY_STATUS_SECONDS = 120

POSTS_PER_SECOND_PER_CHANNEL = 1
POSTS_PER_MINUTE_PER_WORKSPACE = 300  # Slack says "several hundred"; this is our reading


class Tier(Enum):
    """Rate-limit tiers: calls a minute for one method, app and workspace; None is special."""

    T1 = 1
    T2 = 20
    T3 = 50
    T4 = 100
    SPECIAL = None
