import { may } from '../../areas/organisations/index.ts';
import { type DictionaryFilter, entryKinds, type ShownEntry, severities } from '../../areas/reviews/index.ts';
import {
  Badge,
  Button,
  Empty,
  Form,
  LinkButton,
  type Option,
  Pager,
  SelectField,
  Table,
  TextField,
  usePage,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DICTIONARIES, IMPORT, listAddress, NEW_WORD, states, TRIAL, wordAddress } from './request.ts';

const optionsOf = (labels: Readonly<Record<string, string>>): Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

export const origins = { program: '系统内置', changed: '内置，已改', own: '自建' } as const;

/** The words that the scan looks for. */
export function DictionariesPage(props: {
  filter: DictionaryFilter;
  words: readonly ShownEntry[];
  total: number;
  page: number;
  more: boolean;
}) {
  const { filter, words, total, page, more } = props;
  const { actor } = usePage();
  const writes = actor !== null && may(actor, 'dictionaries.write');
  return (
    <WorkbenchPage
      title="内容检查词典"
      current={DICTIONARIES}
      wide
      lead="送审前的内容检查按这些词查找错别字、误写的名称、禁用词和密级标志。内置的词可以按本单位需要修改或停用。"
      actions={
        <>
          {writes && (
            <LinkButton href={NEW_WORD} tone="primary" icon="plus">
              新增词语
            </LinkButton>
          )}
          <LinkButton href={TRIAL} icon="search">
            用一段文字试查
          </LinkButton>
          <LinkButton href={listAddress(filter, 1, `${DICTIONARIES}/words.csv`)} icon="download" download>
            导出 CSV
          </LinkButton>
          {writes && (
            <LinkButton href={IMPORT} icon="upload">
              导入
            </LinkButton>
          )}
        </>
      }
    >
      <Form action={DICTIONARIES} method="get" layout="inline" label="查找词语">
        <TextField name="q" label="词语" value={filter.text} type="search" maxlength={60} />
        <SelectField
          name="kind"
          label="类别"
          blank="全部"
          value={filter.kind}
          options={optionsOf(entryKinds)}
        />
        <SelectField name="state" label="状态" value={filter.state} options={optionsOf(states)} />
        <Button icon="filter">查找</Button>
      </Form>
      {words.length === 0 ? (
        <Empty title="没有这样的词" icon="search">
          换一个词，或者清除筛选条件。
        </Empty>
      ) : (
        <Table
          caption="词典词语"
          stack
          queue
          columns={[
            { label: '错误写法' },
            { label: '正确写法' },
            { label: '类别' },
            { label: '程度' },
            { label: '来源' },
            { label: '状态' },
          ]}
        >
          {words.map((word) => (
            <tr key={word.key}>
              <th scope="row" data-label="错误写法">
                <a href={wordAddress(word.key)}>{word.wrong}</a>
              </th>
              <td data-label="正确写法">{word.right.join('、') || '—'}</td>
              <td data-label="类别">{entryKinds[word.kind]}</td>
              <td data-label="程度">{severities[word.severity].label}</td>
              <td data-label="来源">{origins[word.origin]}</td>
              <td data-label="状态">
                {word.enabled ? <Badge tone="success">启用</Badge> : <Badge>停用</Badge>}
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager
        note={`共 ${total} 个词`}
        previousHref={page > 1 ? listAddress(filter, page - 1) : null}
        nextHref={more ? listAddress(filter, page + 1) : null}
      />
    </WorkbenchPage>
  );
}
