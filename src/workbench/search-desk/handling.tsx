import type { SearchMiss, SearchResult } from '../../core/search-index/index.ts';
import {
  Button,
  Card,
  ErrorSummary,
  Facts,
  Form,
  FormActions,
  formatDate,
  LinkButton,
  TextField,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { HANDLING, publicSearch, SEARCH_DESK, SYNONYMS } from './request.ts';

/** One search that found nothing: what it finds now, and what can be done about it. */
export function HandlingPage(props: {
  miss: SearchMiss;
  found: SearchResult;
  meant: string | null;
  given?: { words?: string; note?: string };
  errors?: Readonly<Record<string, string>>;
}) {
  const { miss, found, meant, given = {}, errors = {} } = props;
  const { query } = miss;
  return (
    <WorkbenchPage
      title={`“${query}”没有结果`}
      current={SEARCH_DESK}
      breadcrumbs={[{ label: '站内检索', href: SEARCH_DESK }, { label: query }]}
      actions={
        <LinkButton href={publicSearch(query)} icon="search">
          在门户上试一试
        </LinkButton>
      }
    >
      <ErrorSummary errors={errors} />
      <Facts
        items={[
          {
            label: '检索次数',
            value: `${miss.times} 次，${formatDate(miss.firstOn)}至${formatDate(miss.lastOn)}`,
          },
          {
            label: '现在检索',
            value: foundNow(found),
          },
          ...(meant === null
            ? []
            : [{ label: '相近的词', value: <a href={publicSearch(meant)}>{meant}</a> }]),
          ...(miss.handledOn === null
            ? []
            : [
                {
                  label: '处理情况',
                  value: `${miss.handledBy}，${formatDate(miss.handledOn)}${miss.handledNote && `：${miss.handledNote}`}`,
                },
              ]),
        ]}
      />
      <Card title="加一组同义词">
        <p>公众的叫法和公文的写法不一样时，加上公文里用的词，马上就能找到。</p>
        <Form action={SYNONYMS}>
          <input type="hidden" name="miss" value={query} />
          <TextField
            name="words"
            label="同义词"
            value={given.words ?? `${query} `}
            error={errors.words}
            help="用空格或顿号隔开，如：敬老卡 老年公交卡"
            width={40}
            maxlength={200}
            required
          />
          <FormActions>
            <Button tone={miss.handledOn === null ? 'primary' : undefined}>加为同义词</Button>
          </FormActions>
        </Form>
      </Card>
      {miss.handledOn === null ? (
        <Card title="标为已处理">
          <p>已经补充发布、改了标题，或者不属于本机关的，标为已处理。以后又检索不到，会回到待处理。</p>
          <Form action={HANDLING}>
            <input type="hidden" name="q" value={query} />
            <TextField
              name="note"
              label="处理说明"
              value={given.note ?? ''}
              error={errors.note}
              help="可以不填，如：已在“养老服务”栏目发布办理指南。"
              width={40}
              maxlength={200}
            />
            <FormActions>
              <Button>标为已处理</Button>
              <LinkButton href={SEARCH_DESK}>返回</LinkButton>
            </FormActions>
          </Form>
        </Card>
      ) : (
        <Form action={`${HANDLING}/reopening`} layout="bare">
          <input type="hidden" name="q" value={query} />
          <FormActions>
            <Button>放回待处理</Button>
            <LinkButton href={SEARCH_DESK}>返回</LinkButton>
          </FormActions>
        </Form>
      )}
    </WorkbenchPage>
  );
}

function foundNow({ total, partial, more, loose, hits }: SearchResult): string {
  if (total === 0) return '仍然没有结果';
  if (loose) return `仍然没有包含全部词语的结果；${partial} 条包含部分词语${firstOf(hits)}`;
  return `找到${more ? '超过' : ''} ${total - partial} 条${firstOf(hits)}`;
}

const firstOf = ([first]: SearchResult['hits']) =>
  first ? `，第一条是“${first.title.map(({ text }) => text).join('')}”` : '';
