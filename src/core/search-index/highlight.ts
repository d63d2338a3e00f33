import { fold } from './fold.ts';

/** A piece of text and whether it is what was looked for. Shown as text, never as HTML. */
export interface Piece {
  text: string;
  marked: boolean;
}

const EXCERPT_LENGTH = 120;
const BEFORE = 24;
const MOST_PLACES = 300;

interface Place {
  from: number;
  to: number;
}

/** The text cut into marked and unmarked pieces. */
export function mark(text: string, marks: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to } of placesOf(fold(text), marks)) {
    if (from > at) pieces.push({ text: text.slice(at, from), marked: false });
    pieces.push({ text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false });
  return pieces;
}

/** The passage of a text in which most of what was looked for stands together. */
export function excerpt(text: string, marks: readonly string[]): Piece[] {
  const flat = text.replaceAll(/\s+/gu, ' ').trim();
  const folded = fold(flat);
  const places = placesOf(folded, marks);
  let best = { start: 0, worth: 0 };
  for (const [index, { from }] of places.entries()) {
    const start = Math.max(0, from - BEFORE);
    const within = new Set<string>();
    for (const place of places.slice(index, index + 20)) {
      if (place.to <= start + EXCERPT_LENGTH) within.add(folded.slice(place.from, place.to));
    }
    const worth = [...within].join('').length;
    if (worth > best.worth) best = { start, worth };
  }
  const end = best.start + EXCERPT_LENGTH;
  const pieces = mark(wellFormed(flat.slice(best.start, end)), marks);
  if (best.start > 0) pieces.unshift({ text: '…', marked: false });
  if (end < flat.length) pieces.push({ text: '…', marked: false });
  return pieces;
}

/** Halves of characters at the edges of a cut are left out. */
const wellFormed = (text: string) => text.replace(/^[\udc00-\udfff]/, '').replace(/[\ud800-\udbff]$/, '');

/** Where the marks stand, the longer before the shorter, none within another; touching ones become one. */
function placesOf(folded: string, marks: readonly string[]): Place[] {
  const places: Place[] = [];
  for (const sought of marks) {
    if (sought === '') continue;
    for (
      let at = folded.indexOf(sought);
      at >= 0 && places.length < MOST_PLACES;
      at = folded.indexOf(sought, at + 1)
    )
      places.push({ from: at, to: at + sought.length });
  }
  places.sort((a, b) => a.from - b.from || b.to - a.to);
  const joined: Place[] = [];
  for (const place of places) {
    const last = joined.at(-1);
    if (last && place.from <= last.to) last.to = Math.max(last.to, place.to);
    else joined.push({ ...place });
  }
  return joined;
}
