import { QuoteType, Tokenizer } from 'htmlparser2';

/** What a page tells its reader, in its order; names in lower case, entities decoded. Nothing is closed by itself. */
export interface TagEvents {
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  close(name: string): void;
  text(text: string): void;
}

/** Longer values are pictures written into the page. */
const MAX_VALUE = 64 * 1024;
const MAX_ATTRIBUTES = 100;

/** Feeds a page through the tokenizer piece by piece; only an unfinished tag or comment is kept between pieces. */
export class TagReader {
  readonly #tokenizer: Tokenizer;
  readonly #pieces: string[] = [];
  /** Index, in the whole page, of the first piece's first character. */
  #from = 0;
  #attributes = new Map<string, string>();
  #tag = '';
  #name = '';
  #value = '';

  constructor(events: TagEvents) {
    const endTag = () => {
      if (this.#tag !== '') events.open(this.#tag, this.#attributes);
      this.#tag = '';
    };
    this.#tokenizer = new Tokenizer(
      { decodeEntities: true },
      {
        onopentagname: (start, end) => {
          this.#tag = this.#slice(start, end).toLowerCase();
          this.#attributes = new Map();
        },
        onattribname: (start, end) => {
          this.#name = this.#slice(start, end).toLowerCase();
          this.#value = '';
        },
        onattribdata: (start, end) => {
          if (this.#value.length < MAX_VALUE) this.#value += this.#slice(start, end);
        },
        onattribentity: (code) => {
          if (this.#value.length < MAX_VALUE) this.#value += String.fromCodePoint(code);
        },
        onattribend: (quote) => {
          const value = quote === QuoteType.NoValue ? '' : this.#value;
          if (this.#attributes.size < MAX_ATTRIBUTES && !this.#attributes.has(this.#name)) {
            this.#attributes.set(this.#name, value);
          }
        },
        onopentagend: endTag,
        onselfclosingtag: endTag,
        onclosetag: (start, end) => events.close(this.#slice(start, end).toLowerCase()),
        ontext: (start, end) => events.text(this.#slice(start, end)),
        ontextentity: (code) => events.text(String.fromCodePoint(code)),
        oncdata: (start, end, offset) => events.text(this.#slice(start, end - offset)),
        oncomment: () => {},
        ondeclaration: () => {},
        onprocessinginstruction: () => {},
        onend: () => {},
      },
    );
  }

  write(piece: string): void {
    this.#pieces.push(piece);
    this.#tokenizer.write(piece);
  }

  end(): void {
    this.#tokenizer.end();
  }

  /** Tokens come in order, so pieces that end before this one are not needed any more. */
  #slice(start: number, end: number): string {
    if (start >= end) return '';
    while (start - this.#from >= this.#length()) this.#shift();
    let slice = this.#pieces[0]?.slice(start - this.#from, end - this.#from) ?? '';
    while (end - this.#from > this.#length()) {
      this.#shift();
      slice += this.#pieces[0]?.slice(0, end - this.#from) ?? '';
    }
    return slice;
  }

  #length(): number {
    return this.#pieces[0]?.length ?? Number.POSITIVE_INFINITY;
  }

  #shift(): void {
    this.#from += this.#pieces.shift()?.length ?? 0;
  }
}
