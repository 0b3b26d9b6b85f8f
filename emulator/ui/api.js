// Talks to the local workspace's page API and says its errors in words.

const EXPLANATIONS = {
  dispatch_failed: "The app did not answer within three seconds. Please try again.",
  app_not_connected: "The app is not running, so nothing happened. Start it and try again.",
  app_not_installed: "The app is not installed in this person's workspace, so this cannot be used here.",
  cannot_dm_bot: "The app is not installed in this person's workspace, so it cannot be messaged directly.",
  not_in_channel: "This person is not a member of that conversation.",
  message_not_found: "That message no longer exists.",
  view_not_found: "That window has already been closed.",
  no_text: "There is nothing to send yet.",
  unknown_command: "No app here answers that command.",
};

/** An answer with `ok: false`; `code` is the server's own word for it. */
export class ApiError extends Error {
  constructor(code) {
    super(EXPLANATIONS[code] ?? `The workspace refused this (${code}).`);
    this.code = code;
  }
}

async function read(request) {
  let body;
  try {
    body = await (await request).json();
  } catch {
    throw new ApiError("the local workspace did not answer; is it still running?");
  }
  if (!body.ok) throw new ApiError(body.error ?? "unknown_error");
  return body;
}

/** GET a path of the page API with query parameters; undefined ones are left out. */
export function get(path, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null);
  const query = new URLSearchParams(given);
  return read(fetch(`/ui/${path}?${query}`, { cache: "no-store" }));
}

/** POST a JSON body to a path of the page API. */
export function post(path, body) {
  return read(
    fetch(`/ui/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

/** Follow live events for a person; returns a function that stops. `{type: "opened"}` marks each (re)connection. */
export function listen(as, onEvent) {
  const source = new EventSource(`/ui/events?as=${encodeURIComponent(as)}`);
  source.onopen = () => onEvent({ type: "opened" });
  source.onerror = () => onEvent({ type: "lost" });
  source.onmessage = (event) => onEvent(JSON.parse(event.data));
  return () => source.close();
}
