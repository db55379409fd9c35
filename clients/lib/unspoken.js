// @ts-check
import { t } from "./words.js";

/** Why no TV could say a call. @param {string} code one that is not known here is shown as it is */
export function whyUnspoken(code) {
  return (
    {
      no_speaker: t("tidak ada TV yang bersuara"),
      no_answer: t("TV tidak menjawab"),
      offline: t("TV mati"),
      cut: t("sambungan TV terputus"),
      blocked: t("suara TV diblokir"),
      off: t("suara TV dimatikan"),
      audio_failed: t("TV gagal memutar suara"),
      too_late: t("sudah terlambat"),
      expired: t("sudah terlambat"),
    }[code] || code
  );
}
