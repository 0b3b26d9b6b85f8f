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

// Without an emoji font every one would be the same empty box; then names say more than boxes.
const canDraw = (() => {
  const pen = document.createElement("canvas").getContext("2d");
  const missing = "\u{10FFFD}";
  return pen.measureText("\u{1F44D}").width !== pen.measureText(missing).width;
})();

/** The character for a name, or the name between colons when it is unknown or cannot be drawn. */
export function emoji(name) {
  const character = CHARACTERS[name.split("::")[0]];
  return character && canDraw ? character : `:${name}:`;
}

/** Whether a name is known, so that `10:30:00` in a sentence stays as it is. */
export function isEmoji(name) {
  return Object.hasOwn(CHARACTERS, name);
}
