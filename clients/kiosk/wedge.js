// @ts-check
/**
 * A scanner that "types" (a keyboard wedge), heard wherever the focus is.
 *
 * Unlike a console, a kiosk has no keys of its own, so whatever is typed outside a field and
 * ended with Enter is meant as a number or a code; a busy machine may spread the characters of a
 * scan over a second, and that must not lose the scan.
 */

/** Silence after which what was typed is dropped: a knock on a keyboard, not a scan. */
const FORGET_MS = 4000;

/** A follow link has some 120 characters; whatever is longer is no code of ours. */
const LONGEST = 600;

/**
 * Calls `onText` with each text that ends with Enter, typed while no field has the focus.
 * @param {(text: string) => void} onText
 * @param {{document?: Document}} [options]
 * @returns {() => void} stops listening
 */
export function listenForScans(onText, options = {}) {
  const page = options.document || document;
  let text = "";
  let last = 0;

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isField(event.target)) return;
    const now = performance.now();
    if (now - last > FORGET_MS) text = "";
    if (event.key === "Enter") {
      if (text === "") return;
      // Else Enter would also press the button that has the focus.
      event.preventDefault();
      event.stopPropagation();
      const whole = text;
      text = "";
      onText(whole);
      return;
    }
    if (event.key.length !== 1) return;
    // A space alone presses a button; inside a scan it must not.
    if (event.key === " " && text === "") return;
    event.preventDefault();
    last = now;
    text = (text + event.key).slice(0, LONGEST);
  };
  page.addEventListener("keydown", onKey, true);
  return () => page.removeEventListener("keydown", onKey, true);
}

/** @param {EventTarget | null} target */
function isField(target) {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input, textarea, select");
}
