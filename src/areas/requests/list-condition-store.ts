import { type RawBuilder, sql } from 'kysely';
import { type ListFilter, type ListScope, type ListSearch, stateGroups } from './list-filter.ts';
import './schema.ts';

/** What a list asks of `requests r`, and where its rows begin. */
export type Condition = RawBuilder<unknown>;

export const ofFacets = (facets: readonly string[] | null): Condition =>
  facets === null
    ? sql`requests r`
    : sql`unnest(${facets}::text[]) f (facet) JOIN requests r ON r.facet = f.facet`;

const all = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` AND `);

/** What `facet` holds, asked of the row itself. */
export function ofColumns({ group, channel, applicantKind, regime, result }: ListFilter): Condition {
  const states: readonly string[] = stateGroups[group].states;
  return all([
    sql`r.state = ANY(${[...states]}::text[])`,
    ...(channel === null ? [] : [sql`r.channel = ${channel}`]),
    ...(applicantKind === null ? [] : [sql`r.applicant_kind = ${applicantKind}`]),
    ...(regime === null ? [] : [sql`r.regime = ${regime}`]),
    ...(result === null ? [] : [sql`r.result_code = ${result}`]),
  ]);
}

export function spans({ received, due }: ListFilter): Condition {
  return all([
    ...(received.from === null ? [] : [sql`r.received_key >= ${received.from}::date`]),
    ...(received.to === null ? [] : [sql`r.received_key <= ${received.to}::date`]),
    ...(due.from === null ? [] : [sql`r.due_key >= ${due.from}::date`]),
    ...(due.to === null ? [] : [sql`r.due_key <= ${due.to}::date`]),
  ]);
}

/**
 * Conditions that together hold what a person sees, or one unit, handler or search has, none of it twice; null when the
 * list is everybody's, or only words of titles narrow it.
 */
export function narrowSources(agencyId: number, scope: ListScope, filter: ListFilter): Condition[] | null {
  const { search, unitId, handlerId } = filter;
  const within = residue(scope, filter);
  if (search !== null && search.by !== 'title') return [sql`${bySearch(agencyId, search)} AND ${within}`];
  const words = search === null ? within : sql`${bySearch(agencyId, search)} AND ${within}`;
  const sources = personSources(agencyId, scope, unitId, handlerId);
  return sources?.map((source) => sql`${source} AND ${words}`) ?? null;
}

function personSources(
  agencyId: number,
  scope: ListScope,
  unitId: number | null,
  handlerId: number | null,
): Condition[] | null {
  if (handlerId !== null) return ofHandler(agencyId, handlerId);
  if (unitId !== null) return ofUnit(agencyId, unitId);
  if (scope === null) return null;
  const own = scope.unitId === null ? [] : ofUnit(agencyId, scope.unitId);
  if (scope.states.length === 0) return own.length === 0 ? [sql`false`] : own;
  const further = sql`r.state = ANY(${[...scope.states]}::text[])`;
  return [...own, scope.unitId === null ? further : sql`${further} AND NOT ${atWork(scope.unitId)}`];
}

const ofUnit = (agencyId: number, unitId: number): Condition[] => [
  sql`r.unit_id = ${unitId}`,
  sql`r.unit_id IS DISTINCT FROM ${unitId} AND r.id = ANY(ARRAY(
    SELECT a.request_id FROM request_assignments a
    WHERE a.agency_id = ${agencyId} AND a.unit_id = ${unitId} AND a.ended_at IS NULL AND NOT a.lead))`,
];

const ofHandler = (agencyId: number, handlerId: number): Condition[] => [
  sql`r.handler_id = ${handlerId}`,
  sql`r.handler_id IS DISTINCT FROM ${handlerId} AND r.id = ANY(ARRAY(
    SELECT a.request_id FROM request_assignments a
    WHERE a.agency_id = ${agencyId} AND a.handler_id = ${handlerId} AND a.ended_at IS NULL AND NOT a.lead))`,
];

/** The unit leads the case or helps with it. */
const atWork = (unitId: number): Condition => sql`(r.unit_id IS NOT DISTINCT FROM ${unitId} OR EXISTS (
  SELECT FROM request_assignments a WHERE a.agency_id = r.agency_id AND a.request_id = r.id
    AND a.unit_id = ${unitId} AND a.ended_at IS NULL AND NOT a.lead))`;

/** The person leads the case or helps with it. */
const inHand = (
  handlerId: number,
): Condition => sql`(r.handler_id IS NOT DISTINCT FROM ${handlerId} OR EXISTS (
  SELECT FROM request_assignments a WHERE a.agency_id = r.agency_id AND a.request_id = r.id
    AND a.handler_id = ${handlerId} AND a.ended_at IS NULL AND NOT a.lead))`;

export const seen = ({ unitId, states }: NonNullable<ListScope>): Condition => {
  const further = sql`r.state = ANY(${[...states]}::text[])`;
  return unitId === null ? further : sql`(${further} OR ${atWork(unitId)})`;
};

/** Of scope, unit and handler: what the source of the rows has not seen to already. */
export function residue(scope: ListScope, { unitId, handlerId, search }: ListFilter): Condition {
  const found = search !== null && search.by !== 'title';
  const byPerson = !found && (handlerId !== null || unitId !== null || scope !== null);
  return all([
    ...(found && handlerId !== null ? [inHand(handlerId)] : []),
    ...(unitId !== null && (found || handlerId !== null) ? [atWork(unitId)] : []),
    ...(scope !== null && (!byPerson || handlerId !== null || unitId !== null) ? [seen(scope)] : []),
  ]);
}

export function bySearch(agencyId: number, search: ListSearch | null): Condition {
  if (search === null) return sql`true`;
  if (search.by === 'title') {
    const { grams, words } = search;
    return sql`${grams.length === 0 ? sql`true` : sql`r.title_grams @> ${[...grams]}::text[]`} AND ${hasWords(words)}`;
  }
  if (search.by === 'number') {
    return sql`r.form_id IN (SELECT f.id FROM request_forms f
      WHERE f.agency_id = ${agencyId} AND f.number = ANY(${[...search.numbers]}::text[]))`;
  }
  const digests = [...search.digests];
  return sql`r.form_id IN (
    SELECT f.id FROM request_forms f WHERE f.agency_id = ${agencyId} AND f.name_digest = ANY(${digests}::text[])
    UNION SELECT f.id FROM request_forms f WHERE f.agency_id = ${agencyId} AND f.identity_digest = ANY(${digests}::text[])
    UNION SELECT f.id FROM request_forms f WHERE f.agency_id = ${agencyId} AND f.contact_digests && ${digests}::text[])`;
}

export const hasWords = (words: readonly string[]): Condition =>
  all(
    words.map((word) => {
      const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
      // Folding the case of every title costs more than reading it.
      return /\p{Cased}/u.test(word) ? sql`r.title ILIKE ${pattern}` : sql`r.title LIKE ${pattern}`;
    }),
  );
