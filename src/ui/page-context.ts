import type { Actor } from '../core/context.ts';
import type { Display } from './display.ts';

/** What every page may know about the request it answers; the face fills it, parts read it. */
export interface PageContext {
  path: string;
  /** Token for the hidden field of every form. */
  csrf: string;
  /** Signed-in member of staff, or null on the portal. */
  actor: Extract<Actor, { kind: 'staff' }> | null;
  agency: {
    id: number;
    code: string;
    name: string;
    shortName: string;
    demonstration: boolean;
    site: Record<string, string | undefined>;
  };
  /** Civil date in China, for headers and "days left". */
  today: string;
  /** Message carried over a redirect, shown once. */
  flash: { tone: 'success' | 'warning' | 'danger'; text: string } | null;
  /** How this visitor wants to read: `displayOf(request)`. */
  display: Display;
  /** Version stamp for static files: `assets.version`. */
  assets: string;
  /** Workbench only: navigation already filtered by role, and the counts beside it. */
  nav: { key: string; label: string; href: string; icon: string; group: string; count?: number }[];
  unreadNotifications: number;
}

let shown: PageContext | null = null;

/**
 * Renders with a page that its parts may ask about. Rendering is one run without a pause, so no page ever meets another's; a context
 * of the library would keep what was rendered alive for long, and every tenth moment of the server would go into clearing it away.
 */
export function showing<T>(page: PageContext | null, render: () => T): T {
  const before = shown;
  shown = page;
  try {
    return render();
  } finally {
    shown = before;
  }
}

export function usePage(): PageContext {
  if (!shown) throw new Error('a page part was rendered outside reply.page()');
  return shown;
}
