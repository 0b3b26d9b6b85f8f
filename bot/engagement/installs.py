"""Tables of the workspaces the app was installed in by OAuth, and of installations under way."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base


class Installation(Base):
    """The app in one workspace; `token` is encrypted, `gone_at` says since when it is not good any more."""

    __tablename__ = "installations"

    team_id: Mapped[str] = mapped_column(String(30), primary_key=True)
    team_name: Mapped[str] = mapped_column(String(200))
    app_id: Mapped[str] = mapped_column(String(30))
    bot_id: Mapped[str] = mapped_column(String(30))
    bot_user_id: Mapped[str] = mapped_column(String(30))
    token: Mapped[str] = mapped_column(Text)
    scopes: Mapped[str] = mapped_column(Text)
    installed_by: Mapped[str] = mapped_column(String(30))
    installed_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]


class OAuthState(Base):
    """One installation under way: only the hash of its state is kept, and it is deleted when used."""

    __tablename__ = "oauth_states"

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime]
