// Names of the few emoji that a workspace of this size meets.

const CHARACTERS = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", eyes: "👀", white_check_mark: "✅",
  heavy_check_mark: "✔️", x: "❌", warning: "⚠️", tada: "🎉", raised_hands: "🙌", raised_hand: "✋",
  wave: "👋", pray: "🙏", heart: "❤️", smile: "😄", slightly_smiling_face: "🙂", thinking_face: "🤔",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", lock: "🔒", bell: "🔔", book: "📖", books: "📚",
  bulb: "💡", question: "❓", phone: "☎️", memo: "📝", clock1: "🕐", star: "⭐", rocket: "🚀",
  speech_balloon: "💬", page_facing_up: "📄", paperclip: "📎", arrow_right: "➡️", ok: "🆗",
  large_green_circle: "🟢", red_circle: "🔴", large_yellow_circle: "🟡", information_source: "ℹ️",
  robot_face: "🤖", calendar: "📅", no_entry: "⛔", outbox_tray: "📤", shield: "🛡️",
};

/** Those offered when a person adds a reaction. */
export const OFFERED = ["+1", "eyes", "white_check_mark", "tada", "pray"];

/** The character for a name, or the name between colons when unknown. */
export function emoji(name) {
  return CHARACTERS[name.split("::")[0]] ?? `:${name}:`;
}

/** Whether a name is known, so that `10:30:00` in a sentence stays as it is. */
export function isEmoji(name) {
  return Object.hasOwn(CHARACTERS, name);
}
