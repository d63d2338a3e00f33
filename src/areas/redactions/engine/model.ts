/** Kinds of files the desk takes, told from content. */
export type SourceKind = 'pdf' | 'docx' | 'jpeg' | 'png';

/** Points (1/72 inch) from the upper left corner of the page as it is seen, rotation included. */
export interface Rect {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** A part of a page that is to go; pages count from 1. */
export interface Box extends Rect {
  page: number;
}

/** What is printed on a box and in the index. */
export interface Ground {
  /** A single letter: on a box too small for words it stands for the ground, and the index explains it. */
  mark: string;
  /** `第十五条 个人隐私` */
  label: string;
  /** `第十五条` */
  article: string;
}

export interface GroundedBox extends Box {
  ground: Ground;
}

export interface PageSize {
  /** In points. */
  width: number;
  height: number;
  /** How many characters the page carries as text; 0 is a picture, in which nothing can be found by word. */
  characters: number;
}

/** A file made ready: whatever came in is a PDF now, which is kept sealed beside the original and never handed out. */
export interface PreparedSource {
  pdf: Uint8Array;
  pages: PageSize[];
}

export interface PlacedChar {
  c: string;
  /** Where it is drawn; null for spaces and line ends that stand in no place. */
  box: Rect | null;
  /** Height and foot of its line are taken from the size of the font, so that no box tells what it covers. */
  upright: boolean;
}

/** Rows of 8-bit RGBA, opaque. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}
