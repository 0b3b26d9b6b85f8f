// Says times as Slack does: clock times, day names and the `<!date>` tokens.

const DAY_MS = 86_400_000;

/** A message's `ts` as a Date. */
export function dateOf(ts) {
  return new Date(Number(ts) * 1000);
}

function format(date, options) {
  return new Intl.DateTimeFormat("en-GB", options).format(date);
}

/** Clock time, for example 14:05. */
export function clock(date) {
  return format(date, { hour: "2-digit", minute: "2-digit" });
}

/** When something was, short enough for a list: the time today, else the day. */
export function shortDate(ts) {
  const date = dateOf(ts);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? clock(date) : format(date, { day: "numeric", month: "short" });
}

/** Today, Yesterday, or the date with its weekday. */
export function dayName(date, now = new Date()) {
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / DAY_MS);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days === -1) return "Tomorrow";
  return format(date, { weekday: "long", day: "numeric", month: "long" });
}

function ago(date) {
  const minutes = Math.round((date - Date.now()) / 60_000);
  const words = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });
  if (Math.abs(minutes) < 60) return words.format(minutes, "minute");
  if (Math.abs(minutes) < 1440) return words.format(Math.round(minutes / 60), "hour");
  return words.format(Math.round(minutes / 1440), "day");
}

const plainDay = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
};

function token(name, date) {
  if (name === "time") return clock(date);
  if (name === "time_secs") return format(date, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  if (name === "ago") return ago(date);
  const near = Math.abs(date - Date.now()) < 2 * DAY_MS && name.endsWith("_pretty");
  if (near) return dayName(date).replace(/^./, (letter) => letter.toLowerCase());
  const options = plainDay[name.replace(/_pretty$/, "").replace("day_divider", "date_long")];
  return options ? format(date, options) : `{${name}}`;
}

/** Fill a `<!date>` pattern such as `{date_short} at {time}` for a Unix time in seconds. */
export function fillDate(seconds, pattern) {
  const date = new Date(Number(seconds) * 1000);
  return pattern.replace(/\{([a-z_]+)\}/g, (_, name) => token(name, date));
}
