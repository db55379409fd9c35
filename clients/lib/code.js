// @ts-check
/** The QR of a follow link, made by the server: the token goes in a header, never in an address. */

/**
 * @param {string} token the ticket's
 * @param {string} name what screen readers say
 * @returns {Promise<HTMLImageElement | null>} null: it could not be had; a number is valid without
 */
export async function followCode(token, name) {
  try {
    const response = await fetch("/api/v1/my/qr", {
      headers: { Authorization: `Bearer ${token}` }, cache: "no-store", credentials: "omit",
    });
    if (!response.ok) return null;
    const image = new Image();
    image.alt = name;
    // As an image it can run no script, whatever it holds.
    image.src = `data:image/svg+xml,${encodeURIComponent(await response.text())}`;
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = reject;
    });
    return image;
  } catch (_) {
    return null;
  }
}
