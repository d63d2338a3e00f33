import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { EvidencePage, Figure, FigureCount, FigureScope } from '../../core/figure.ts';
import { parseDay } from '../../law/index.ts';
import { type ChannelKind, channelKinds } from './model.ts';
import './schema.ts';

/**
 * Rows 1.2.1 to 1.2.5 of the 2014 table: every publication counts, so an item on three channels counts in three rows.
 * Posts that departments do not enter here come from their returns.
 */
export const channelFigures: readonly Figure[] = (Object.keys(channelKinds) as ChannelKind[]).map(
  (channel): Figure => ({
    code: `channels.${channel}`,
    label: `${channelKinds[channel]}公开政府信息数`,
    unit: '条',
    kind: 'flow',
    area: 'channels',
    measure: 'count',
    source: 'both',
    subjects: ['item', 'channel-post', 'channel-import', 'gazette-issue'],
    count: (db, scope) => countPosts(db, channel, scope),
    evidence: (db, scope, page) => listPosts(db, channel, scope, page),
  }),
);

async function countPosts(
  db: Db,
  channel: ChannelKind,
  { agencyId, from, to }: FigureScope,
): Promise<FigureCount> {
  const { rows } = await sql<{ records: number }>`
    SELECT count(*) AS records FROM channel_posts
    WHERE agency_id = ${agencyId} AND channel = ${channel} AND posted_on BETWEEN ${from}::date AND ${to}::date`.execute(
    db,
  );
  const records = rows[0]?.records ?? 0;
  return { records, quantity: records === 0 ? null : records };
}

interface PostRow {
  id: number;
  title: string;
  on: string;
  account: string | null;
  withdrawn: boolean | null;
  unitName: string | null;
}

async function listPosts(
  db: Db,
  channel: ChannelKind,
  { agencyId, from, to }: FigureScope,
  page: { after: string | null; limit: number },
): Promise<EvidencePage> {
  const [afterOn, afterId] = readCursor(page.after) ?? [from, 0];
  const { rows } = await sql<PostRow>`
    SELECT p.id, p.title, p.posted_on AS "on", a.name AS account, i.state = 'withdrawn' AS withdrawn, u.name AS "unitName"
    FROM (
      SELECT * FROM channel_posts WHERE agency_id = ${agencyId} AND channel = ${channel}
        AND posted_on BETWEEN ${from}::date AND ${to}::date AND (posted_on, id) > (${afterOn}::date, ${afterId}::bigint)
      ORDER BY posted_on, id LIMIT ${page.limit + 1}
    ) p
    LEFT JOIN channel_accounts a ON a.agency_id = p.agency_id AND a.id = p.account_id
    LEFT JOIN items i ON i.agency_id = p.agency_id AND i.id = p.item_id
    LEFT JOIN units u ON u.agency_id = p.agency_id AND u.id = coalesce(i.unit_id, a.unit_id)
    ORDER BY p.posted_on, p.id`.execute(db);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    records: shown.map((row) => ({
      kind: 'channel-post',
      id: row.id,
      // Evidence is published; what was withdrawn is no longer told.
      title: row.withdrawn ? '已撤下的信息' : row.title,
      ...(row.account !== null && { note: row.account }),
      on: row.on,
      quantity: 1,
      unitName: row.unitName,
      href: `/workbench/channels/posts/${row.id}`,
    })),
    next: rows.length > page.limit && last ? `${last.on}:${last.id}` : null,
  };
}

/** The day and id of the last record seen; what is no cursor begins anew. */
function readCursor(cursor: string | null): [string, number] | null {
  const match = /^(\d{4}-\d\d-\d\d):(\d{1,15})$/.exec(cursor ?? '');
  const day = match?.[1];
  return match && day && parseDay(day) !== null ? [day, Number(match[2])] : null;
}
