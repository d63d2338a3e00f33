import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import { Button, Empty, FormActions, LinkButton } from '../../ui/index.ts';
import { firstPublic, type PublicHit } from '../public-search.ts';
import { PortalPage } from '../shell.tsx';
import { AlreadyPublic, AlreadyPublicFragment } from './already-public.tsx';
import { requestLabels, requestsCrumb, stepHref } from './step-page.tsx';

const QUERY_LENGTH = 100;
const HITS = 20;
const FIRST_HITS = 4;

/** Whether a thing is public already: a page of its own, and a piece of the form while the first field is typed. */
export const alreadyRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get<{ Querystring: Record<string, string | string[] | undefined> }>(
      '/requests/already',
      async (request, reply) => {
        const query = [request.query.q ?? ''].flat().join(' ').trim().slice(0, QUERY_LENGTH);
        const hits = await firstPublic(app.connection.db, request.page?.agency.id ?? 0, query);
        if (request.headers['x-fragment'])
          return reply.fragment(<AlreadyPublicFragment query={query} hits={hits.slice(0, FIRST_HITS)} />);
        return reply.page(<AlreadyPage query={query} hits={hits.slice(0, HITS)} />);
      },
    );
  };

function AlreadyPage({ query, hits }: { query: string; hits: readonly PublicHit[] }) {
  return (
    <PortalPage
      title="先查是否已经公开"
      width="reading"
      ownSearch
      labels={requestLabels}
      breadcrumbs={[requestsCrumb, { label: '先查是否已经公开' }]}
      lead="已经公开的信息可以马上查看，不需要申请。"
    >
      <search>
        <form class="form form-stacked" method="get" action="/requests/already">
          <div class="field">
            <label class="label" for="already-query">
              您要找什么
            </label>
            <input id="already-query" class="input" type="search" name="q" value={query} maxlength={100} />
          </div>
          <FormActions>
            <Button tone="primary" icon="search">
              查找
            </Button>
            <LinkButton href={stepHref('what')}>直接申请</LinkButton>
          </FormActions>
        </form>
      </search>
      {query !== '' && hits.length === 0 && (
        <Empty
          title={`已公开的信息里没有“${query}”`}
          icon="search"
          action={
            <LinkButton href={stepHref('what')} tone="primary" icon="arrow-right">
              提出申请
            </LinkButton>
          }
        >
          可以换一个更短的词再查；确实没有的，可以申请公开。
        </Empty>
      )}
      {hits.length > 0 && (
        <>
          <AlreadyPublic hits={hits} />
          <p>
            没有您要的？<a href={stepHref('what')}>提出申请</a>
          </p>
        </>
      )}
    </PortalPage>
  );
}
