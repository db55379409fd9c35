// @ts-check
// The voice of the browser itself, where a device's settings ask for it.

/** @returns {boolean} */
export function canSpeak() {
  return typeof speechSynthesis !== "undefined";
}

/**
 * Says texts one after the other.
 * @param {Object<string, string>} text by language
 * @param {string[]} languages in the order to be said
 * @param {number} volume 0 to 1
 * @param {(isWell: boolean) => void} onEnded not called when it was stopped
 */
export function speak(text, languages, volume, onEnded) {
  let isOver = languages.length === 0;
  if (isOver) setTimeout(() => onEnded(false), 0);
  /** @param {boolean} isWell */
  const end = (isWell) => {
    if (isOver) return;
    isOver = true;
    onEnded(isWell);
  };
  for (const language of languages) {
    const said = new SpeechSynthesisUtterance(text[language]);
    said.lang = TAGS[language] || language;
    said.volume = volume;
    said.onerror = () => end(false);
    if (language === languages[languages.length - 1]) said.onend = () => end(true);
    speechSynthesis.speak(said);
    // Chromium forgets an utterance that nothing else holds, and then never says that it ended.
    held[language] = said;
  }
}

export function hush() {
  if (canSpeak()) speechSynthesis.cancel();
}

const TAGS = { id: "id-ID", en: "en-US" };
/** @type {Object<string, SpeechSynthesisUtterance>} */
const held = {};
