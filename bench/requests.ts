/** What the room of requests is asked to bear: two hundred people in one minute, and lists of a million. */
await import('./requests/submission.ts');
await import('./requests/lists.ts');
