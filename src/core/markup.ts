/** Text as it stands between tags of HTML or XML. */
export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Text as it stands between double quotes in a tag; between tags it reads the same. */
export const escapeQuoted = (text: string): string => escapeText(text).replaceAll('"', '&quot;');
