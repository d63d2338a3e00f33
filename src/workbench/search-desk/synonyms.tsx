import { may } from '../../areas/organisations/index.ts';
import type { StandardGroup, SynonymDesk } from '../../areas/search-desk/index.ts';
import type { SynonymGroup } from '../../core/search-index/index.ts';
import {
  Badge,
  Button,
  Empty,
  ErrorSummary,
  Form,
  FormActions,
  formatDateTime,
  LinkButton,
  Table,
  TextField,
  usePage,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DeskView } from './frame.tsx';
import { publicSearch, SEARCH_DESK, SYNONYMS } from './request.ts';

/** Words that are looked for together: those of the agency, and those everybody has. */
export function SynonymsPage(props: {
  desk: SynonymDesk;
  given?: string;
  errors?: Readonly<Record<string, string>>;
}) {
  const { desk, given = '', errors = {} } = props;
  const { actor } = usePage();
  const edits = actor !== null && may(actor, 'search.edit');
  return (
    <DeskView view={SYNONYMS} lead="检索其中一个词，也会找到写着同组其他词的内容。改动马上生效。">
      <ErrorSummary errors={errors} />
      {edits && (
        <Form action={SYNONYMS} layout="inline">
          <TextField
            name="words"
            label="新的一组"
            value={given}
            error={errors.words}
            help="两个以上的词，用空格或顿号隔开。"
            width={40}
            maxlength={200}
            required
          />
          <Button tone="primary">添加</Button>
        </Form>
      )}
      <h2>本机关的同义词</h2>
      {desk.own.length === 0 ? (
        <Empty title="还没有添加过">公众常用而公文里不用的叫法，可以在这里与公文的写法对应起来。</Empty>
      ) : (
        <Table
          caption="本机关的同义词"
          stack
          columns={[{ label: '词' }, { label: '添加或修改' }, ...(edits ? [{ label: '办理' }] : [])]}
        >
          {desk.own.map((group) => (
            <OwnRow key={group.id} group={group} edits={edits} />
          ))}
        </Table>
      )}
      <h2>内置的同义词</h2>
      <Table
        caption="内置的同义词"
        stack
        columns={[{ label: '词' }, { label: '状态' }, ...(edits ? [{ label: '办理' }] : [])]}
      >
        {desk.standard.map((group, place) => (
          <StandardRow key={group.words.join()} group={group} place={place} edits={edits} />
        ))}
      </Table>
    </DeskView>
  );
}

function Words({ words }: { words: readonly string[] }) {
  return (
    <>
      {words.map((word, index) => (
        <span key={word}>
          {index > 0 && '、'}
          <a href={publicSearch(word)}>{word}</a>
        </span>
      ))}
    </>
  );
}

function OwnRow({ group, edits }: { group: SynonymGroup; edits: boolean }) {
  const { id, words, byName, at } = group;
  return (
    <tr>
      <th scope="row" data-label="词">
        <Words words={words} />
      </th>
      <td data-label="添加或修改">
        {byName}，{formatDateTime(at)}
      </td>
      {edits && (
        <td data-label="办理">
          <a href={`${SYNONYMS}/${id}`} aria-label={`修改“${words.join('、')}”`}>
            修改
          </a>
        </td>
      )}
    </tr>
  );
}

function StandardRow(props: { group: StandardGroup; place: number; edits: boolean }) {
  const { group, place, edits } = props;
  const used = group.leftOutBy === null;
  return (
    <tr>
      <th scope="row" data-label="词">
        <Words words={group.words} />
      </th>
      <td data-label="状态">{used ? <Badge tone="success">使用中</Badge> : <Badge>停用</Badge>}</td>
      {edits && (
        <td data-label="办理">
          <Form action={`${SYNONYMS}/standard/${place}/${used ? 'leaving-out' : 'use'}`} layout="bare">
            <button
              type="submit"
              class="btn btn-plain btn-small"
              aria-label={`${used ? '停用' : '恢复'}“${group.words.join('、')}”`}
            >
              {used ? '停用' : '恢复'}
            </button>
          </Form>
        </td>
      )}
    </tr>
  );
}

/** One group of the agency. */
export function SynonymPage(props: {
  group: SynonymGroup;
  given?: string;
  errors?: Readonly<Record<string, string>>;
}) {
  const { group, given, errors = {} } = props;
  const title = group.words.join('、');
  return (
    <WorkbenchPage
      title={title}
      current={SEARCH_DESK}
      breadcrumbs={[{ label: '同义词', href: SYNONYMS }, { label: title }]}
    >
      <ErrorSummary errors={errors} />
      <Form action={`${SYNONYMS}/${group.id}`}>
        <TextField
          name="words"
          label="同义词"
          value={given ?? group.words.join(' ')}
          error={errors.words}
          help="两个以上的词，用空格或顿号隔开。"
          width={40}
          maxlength={200}
          required
        />
        <FormActions>
          <Button tone="primary">保存</Button>
          <LinkButton href={SYNONYMS}>返回</LinkButton>
        </FormActions>
      </Form>
      <Form action={`${SYNONYMS}/${group.id}/removal`} layout="bare">
        <FormActions>
          <Button tone="danger">删除这一组</Button>
        </FormActions>
      </Form>
    </WorkbenchPage>
  );
}
