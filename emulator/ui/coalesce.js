// Keeps fetches in order without piling them up.

import { attempt } from "./popup.js";

/** Run one at a time; calls made meanwhile cause one more run, so the last change is never missed. */
export function coalesce(run) {
  let running = false;
  let again = false;
  return async () => {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      await attempt(run);
    }
    running = false;
  };
}
