import { Alert } from './blocks.tsx';
import type { PageContext } from './page-context.ts';

/** What the act before this page led to, said once. */
export function Flash({ message }: { message: PageContext['flash'] }) {
  if (!message) return null;
  return (
    <div class="flash">
      <Alert tone={message.tone} live>
        {message.text}
      </Alert>
    </div>
  );
}
