/** The first character and how many there are, e.g. `张**（3字）`: enough to find the place, not to learn what stands there. */
export function maskText(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  const characters = [...plain];
  if (characters.length === 0) return '';
  const first = /[\p{L}]/u.test(characters[0] ?? '') ? characters[0] : '*';
  return `${first}${'*'.repeat(Math.min(characters.length - 1, 4))}（${characters.length}字）`;
}

/** `\\server\***`, `https://host/***`: where it leads, without what is asked there or who is named on the way. */
export function maskAddress(address: string): string {
  const plain = address.trim().slice(0, 500);
  const web = /^([a-z][a-z0-9+.-]{1,20}:\/\/)(?:[^/@\s]*@)?([a-z0-9.:-]{1,100})/i.exec(plain);
  if (web?.[1] && !/^file:/i.test(web[1])) return `${web[1].toLowerCase()}${web[2]}/***`;
  const share = /^(?:file:\/{2,})?[\\/]{2}([^\\/]{1,60})/i.exec(plain);
  if (share) return `\\\\${share[1]}\\***`;
  const extension = /\.[a-z0-9]{1,6}$/i.exec(plain)?.[0] ?? '';
  const drive = /^(?:file:\/+)?([a-z]):/i.exec(plain)?.[1];
  return drive ? `${drive.toUpperCase()}:\\***${extension}` : `***${extension}`;
}

/** At most this many pieces of evidence stand with one finding. */
const MOST_EVIDENCE = 5;

/** The first few different ones, none empty. */
export function fewOf(evidence: Iterable<string>): string[] {
  const found = new Set<string>();
  for (const piece of evidence) {
    if (piece !== '') found.add(piece);
    if (found.size >= MOST_EVIDENCE) break;
  }
  return [...found];
}
