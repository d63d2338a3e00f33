/** A text that was typed and not yet saved, kept in this browser so that it survives a closed window. */
export interface Draft {
  /** The saved revision it was begun from. */
  revision: number;
  source: string;
  at: string;
}

export function draftKeeper(key: string) {
  const name = `gongkai-draft/${key}`;
  return {
    read(): Draft | null {
      try {
        const found = JSON.parse(localStorage.getItem(name) ?? 'null') as Partial<Draft> | null;
        return typeof found?.source === 'string' && typeof found.revision === 'number'
          ? { source: found.source, revision: found.revision, at: String(found.at ?? '') }
          : null;
      } catch {
        return null;
      }
    },
    /** False when this browser keeps nothing (private window, no room). */
    keep(draft: Draft): boolean {
      try {
        localStorage.setItem(name, JSON.stringify(draft));
        return true;
      } catch {
        return false;
      }
    },
    forget(): void {
      try {
        localStorage.removeItem(name);
      } catch {
        // A browser that keeps nothing has nothing to forget.
      }
    },
  };
}
