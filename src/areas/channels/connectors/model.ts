import type { ChannelKind } from '../model.ts';

/** What a post says, ready to leave the house. */
export interface Outgoing {
  title: string;
  abstract: string;
  /** Sanitised HTML; '' when the post is of no item. */
  html: string;
  /** Public address of the item. */
  url: string;
  author: string;
  /** The cover or picture: JPEG, PNG or GIF. */
  picture: Picture | null;
  /** A picture that the text shows, by its address there; null when it is not to be had. */
  pictureAt(src: string): Promise<Picture | null>;
}

export interface Picture {
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** How far a post has come on its platform: kept before and after every call that cannot be taken back. */
export interface Progress {
  stage: string;
  remoteId: string;
}

/** `done`: public, at its address. `pending`: the platform is still looking at it. */
export type SendOutcome = { done: true; address: string; remoteId: string } | { done: false };

/** A connected account, with its secrets in the open. */
export interface Connection {
  settings: Readonly<Record<string, string>>;
  /** The token at hand; null when there is none that holds for another minute. */
  token(): Promise<string | null>;
  keepToken(token: string, seconds: number): Promise<void>;
  /** A platform that answers a refreshed secret of its own: kept with the settings. */
  keepSettings(settings: Readonly<Record<string, string>>): Promise<void>;
}

export interface Connector {
  kind: ChannelKind;
  /** Fields of its settings: label and whether it is a secret. */
  fields: Readonly<Record<string, { label: string; secret: boolean; required: boolean; help: string }>>;
  /** Goes on from `progress`; calls `keep` before whatever cannot be taken back. @throws SendFault */
  send(
    connection: Connection,
    post: Outgoing,
    progress: Progress,
    keep: (progress: Progress) => Promise<void>,
  ): Promise<SendOutcome>;
}

/**
 * A post could not go out. `again`: it may be tried by itself, after a while; `unknown`: it may have gone out, so only a
 * person may say to try again. The message is for people and holds nothing of a secret.
 */
export class SendFault extends Error {
  readonly outcome: 'again' | 'refused' | 'unknown';

  constructor(outcome: SendFault['outcome'], message: string) {
    super(message);
    this.name = 'SendFault';
    this.outcome = outcome;
  }
}

/** Stages in which a call was under way that may have made the post public. */
export const IN_DOUBT: ReadonlySet<string> = new Set(['submitting', 'sharing']);
