/** What pages are made of, kept in memory as long as the content revision stands under which it was read. */
export interface KeptFacts {
  /**
   * What `load` gave under this revision or a later one; asked once, however many wait for it. `name` tells agencies apart.
   * A load that failed is asked again.
   */
  of<T>(name: string, revision: number, load: () => Promise<T>): Promise<T>;
}

/** Keeps at most so many facts; those not asked for longest go first. */
export function keepFacts(most = 500): KeptFacts {
  const facts = new Map<string, { revision: number; value: Promise<unknown> }>();
  return {
    of<T>(name: string, revision: number, load: () => Promise<T>): Promise<T> {
      const known = facts.get(name);
      facts.delete(name);
      if (known && known.revision >= revision) {
        facts.set(name, known);
        return known.value as Promise<T>;
      }
      const value = load();
      const fact = { revision, value };
      facts.set(name, fact);
      value.catch(() => {
        if (facts.get(name) === fact) facts.delete(name);
      });
      for (const oldest of facts.keys()) {
        if (facts.size <= most) break;
        facts.delete(oldest);
      }
      return value;
    },
  };
}
