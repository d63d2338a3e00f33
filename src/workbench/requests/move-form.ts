import type { ComponentChildren } from 'preact';
import type { ComposedLetter } from '../../areas/letters/index.ts';
import type {
  CaseRef,
  CaseView,
  Move,
  NewFile,
  RequestCtx,
  RequestFileKind,
} from '../../areas/requests/index.ts';
import type { Errors, Given } from '../request.ts';

/** What a form draws itself from: the case, what was typed, what is wrong with it. */
export interface MoveQuestion {
  ctx: RequestCtx;
  view: CaseView;
  given: Given;
  /** Every value of a field that is sent several times. */
  all(name: string): string[];
  errors: Errors;
}

/** What a form hands to its act. */
export interface MoveAnswer {
  given: Given;
  all(name: string): string[];
  /** Files that are kept sealed already. */
  files: readonly NewFile[];
}

/** The page of one move. `moves` says when it is open; the page only asks what the act needs. */
export interface MoveForm {
  move: Move;
  /** The act as a noun, below the address of the case. */
  path: string;
  title: string;
  button: string;
  tone?: 'danger';
  /** What will happen, naming the thing; nothing where the fields say it all. */
  consequence?(view: CaseView): ComponentChildren;
  fields?(question: MoveQuestion): Promise<ComponentChildren> | ComponentChildren;
  /** What stands beside the form: the text to be judged, precedents, tables. */
  beside?(question: MoveQuestion): Promise<ComponentChildren> | ComponentChildren;
  /** The letter that the act would issue; drawn anew while one types. Null while it cannot be told. */
  preview?(question: MoveQuestion): Promise<ComposedLetter | null>;
  /** File fields, each with the kind its files are kept as. */
  files?: Readonly<Record<string, RequestFileKind>>;
  /** The page asks something first: its button leads on instead of doing the act. */
  first?(question: MoveQuestion): { value: string; label: string } | null;
  /** A second button that does the act and leads on, with what it sends as `next`. */
  andThen?: { value: string; label: string };
  /** Does it; the words are shown on the case afterwards, or where `to` leads. */
  submit(ctx: RequestCtx, ref: CaseRef, answer: MoveAnswer): Promise<string | { words: string; to: string }>;
}
