"""auth.revoke and apps.uninstall."""

from __future__ import annotations

from emulator import tenancy
from emulator.failures import SlackError
from emulator.limits import Tier
from emulator.methods.registry import Call, method
from emulator.oauth import check_client
from emulator.wire import Json


@method("auth.revoke", Tier.T3)
def revoke_token(call: Call) -> Json:
    """Take the calling token away; with `test` nothing happens."""
    if call.arguments.flag("test"):
        return {"revoked": False}
    tenancy.revoke(call.runtime, call.app.id, call.install.team_id)
    return {"revoked": True}


@method("apps.uninstall", Tier.T1, required=("client_id", "client_secret"))
def uninstall_app(call: Call) -> Json:
    """Remove the app from the token's team."""
    values = {name: call.arguments.need(name) for name in ("client_id", "client_secret")}
    if check_client(call.runtime, values).id != call.app.id:
        raise SlackError("client_id_token_mismatch")
    tenancy.uninstall(call.runtime, call.app.id, call.install.team_id)
    return {}
