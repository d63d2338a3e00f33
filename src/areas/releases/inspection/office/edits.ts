interface Edit {
  start: number;
  end: number;
  text: string;
  order: number;
}

/** Changes to a text, gathered by place and made at once; what lies inside a larger cut goes with it. */
export class Edits {
  readonly #edits: Edit[] = [];

  get isEmpty(): boolean {
    return this.#edits.length === 0;
  }

  cut(start: number, end: number): void {
    this.put(start, end, '');
  }

  put(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text, order: this.#edits.length });
  }

  /** Takes an element away and leaves what is in it. */
  unwrap({
    start,
    openEnd,
    closeStart,
    end,
  }: {
    start: number;
    openEnd: number;
    closeStart: number;
    end: number;
  }): void {
    this.cut(start, openEnd);
    if (end > closeStart) this.cut(closeStart, end);
  }

  apply(text: string): string {
    const sorted = this.#edits.sort((a, b) => a.start - b.start || b.end - a.end || a.order - b.order);
    const pieces: string[] = [];
    let at = 0;
    for (const { start, end, text: put } of sorted) {
      if (start < at) continue;
      pieces.push(text.slice(at, start), put);
      at = end;
    }
    pieces.push(text.slice(at));
    return pieces.join('');
  }
}
