import { may } from '../../areas/organisations/index.ts';
import { type EntryForm, entryKinds, type ShownEntry, severities } from '../../areas/reviews/index.ts';
import {
  Badge,
  Button,
  Card,
  ErrorSummary,
  Facts,
  Form,
  FormActions,
  formatDateTime,
  LinkButton,
  RadioField,
  SelectField,
  TextField,
  usePage,
} from '../../ui/index.ts';
import type { Errors } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { origins } from './list-page.tsx';
import { DICTIONARIES, NEW_WORD, wordAddress } from './request.ts';

/** One word: to read, and to change by those who may. */
export function WordPage(props: { word: ShownEntry | null; form: EntryForm; errors?: Errors }) {
  const { word, form, errors = {} } = props;
  const { actor } = usePage();
  const writes = actor !== null && may(actor, 'dictionaries.write');
  return (
    <WorkbenchPage
      title={word ? `“${word.wrong}”` : '新增词语'}
      current={DICTIONARIES}
      breadcrumbs={[{ label: '内容检查词典', href: DICTIONARIES }, { label: word?.wrong ?? '新增词语' }]}
      state={word && (word.enabled ? <Badge tone="success">启用</Badge> : <Badge>停用</Badge>)}
      lead={
        word
          ? `${origins[word.origin]}${word.changedAt ? `，${word.changedBy} ${formatDateTime(word.changedAt)}` : ''}`
          : undefined
      }
      actions={word && writes && <Acts word={word} />}
    >
      <ErrorSummary errors={errors} />
      {writes ? (
        <Form action={word ? wordAddress(word.key) : NEW_WORD} guard label="词语">
          <Fields form={form} errors={errors} />
          <FormActions>
            <Button tone="primary">保存</Button>
            <LinkButton href={DICTIONARIES}>返回</LinkButton>
          </FormActions>
        </Form>
      ) : (
        <Card>
          <Reading form={form} />
        </Card>
      )}
    </WorkbenchPage>
  );
}

function Acts({ word }: { word: ShownEntry }) {
  return (
    <>
      <Form action={wordAddress(word.key, '/switch')} layout="bare">
        <input type="hidden" name="enabled" value={word.enabled ? '' : '1'} />
        <Button>{word.enabled ? '停用' : '启用'}</Button>
      </Form>
      {word.origin !== 'program' && (
        <Form action={wordAddress(word.key, '/removal')} layout="bare">
          <Button tone={word.origin === 'own' ? 'danger' : 'plain'}>
            {word.origin === 'own' ? '删除' : '恢复内置设置'}
          </Button>
        </Form>
      )}
    </>
  );
}

const lists = '多个词用顿号隔开。';

function Fields({ form, errors }: { form: EntryForm; errors: Errors }) {
  return (
    <>
      <TextField
        name="wrong"
        label="错误写法"
        value={form.wrong}
        maxlength={60}
        error={errors.wrong}
        help="2 至 60 个字。空格、全角半角和大小写不影响查找。"
        required
      />
      <TextField
        name="right"
        label="正确写法"
        value={form.right}
        maxlength={400}
        error={errors.right}
        help={`点一下就换成它；没有可换的不填。${lists}`}
      />
      <RadioField
        name="kind"
        label="类别"
        value={form.kind}
        options={Object.entries(entryKinds).map(([value, label]) => ({ value, label }))}
        error={errors.kind}
        inline
        required
      />
      <SelectField
        name="severity"
        label="程度"
        value={form.severity}
        options={Object.entries(severities).map(([value, { label }]) => ({ value, label }))}
        error={errors.severity}
        help="“必须改正”的不改就不能送审；“提示”的不妨碍送审。"
      />
      <TextField
        name="exceptions"
        label="含有它的正确用法"
        value={form.exceptions}
        maxlength={1900}
        error={errors.exceptions}
        help={`这些较长的词里出现的不算错，例如“平台帐号”之于“台帐”。${lists}`}
      />
      <TextField
        name="near"
        label="附近须有"
        value={form.near}
        maxlength={1900}
        error={errors.near}
        help={`前后 30 个字内有其中一个词才算；不填则不论。${lists}`}
      />
      <TextField
        name="notNear"
        label="附近不得有"
        value={form.notNear}
        maxlength={1900}
        error={errors.notNear}
        help={`前后 30 个字内有其中一个词就不算。${lists}`}
      />
      <TextField
        name="note"
        label="说明"
        value={form.note}
        maxlength={200}
        error={errors.note}
        help="撰写人会看到。"
      />
      <TextField name="source" label="依据" value={form.source} maxlength={200} error={errors.source} />
    </>
  );
}

function Reading({ form }: { form: EntryForm }) {
  return (
    <Facts
      items={[
        { label: '错误写法', value: form.wrong },
        { label: '正确写法', value: form.right || '—' },
        { label: '类别', value: entryKinds[form.kind as keyof typeof entryKinds] },
        { label: '程度', value: severities[form.severity as keyof typeof severities].label },
        { label: '含有它的正确用法', value: form.exceptions || '—' },
        { label: '附近须有', value: form.near || '—' },
        { label: '附近不得有', value: form.notNear || '—' },
        { label: '说明', value: form.note || '—' },
        { label: '依据', value: form.source || '—' },
      ]}
    />
  );
}
