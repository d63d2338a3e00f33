import { formatDate } from '../../ui/index.ts';
import type { PublicHit } from '../public-search.ts';

/** What is public already and may be what is looked for, each one click away. */
export function AlreadyPublic({ hits }: { hits: readonly PublicHit[] }) {
  return (
    <ol class="request-hits">
      {hits.map((hit) => (
        <li key={hit.href + hit.title}>
          <a href={hit.href}>{hit.title}</a>
          <p class="request-hit-text">
            {hit.excerpt.map((part, index) =>
              part.marked ? <mark key={index}>{part.text}</mark> : part.text,
            )}
          </p>
          <p class="quiet">
            {hit.kind}
            {hit.date && `，${formatDate(hit.date)}公开`}
          </p>
        </li>
      ))}
    </ol>
  );
}

/** The same under the first field, while it is typed. */
export function AlreadyPublicFragment({ query, hits }: { query: string; hits: readonly PublicHit[] }) {
  if (query === '') return null;
  if (hits.length === 0) return <p class="quiet">已公开的信息里没有找到“{query}”，请继续填写。</p>;
  return (
    <section class="request-found" aria-label="可能已经公开的信息">
      <p class="request-found-title">这些已经公开，也许就是您要的：</p>
      <ul class="request-found-list">
        {hits.map((hit) => (
          <li key={hit.href + hit.title}>
            <a href={hit.href}>{hit.title}</a>
            <span class="quiet"> {hit.kind}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
