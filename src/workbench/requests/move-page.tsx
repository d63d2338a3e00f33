import type { ComponentChildren } from 'preact';
import { type DraftFile, fileKinds, groundOf, type Obstacle } from '../../areas/requests/index.ts';
import {
  Alert,
  Button,
  Card,
  ErrorSummary,
  Form,
  FormActions,
  Icon,
  KeptFiles,
  LinkButton,
} from '../../ui/index.ts';
import { caseAddress } from './case-addresses.ts';
import { CaseFrame } from './case-frame.tsx';
import type { MoveForm, MoveQuestion } from './move-form.ts';
import { LetterPreview } from './move-preview.tsx';

/** Why what was sent was not done; the input stands in the form. */
export interface Rejection {
  title: string;
  message: string;
  article: string | null;
}

export interface MovePageProps {
  form: MoveForm;
  question: MoveQuestion;
  obstacle: Obstacle | null;
  rejection?: Rejection | null;
  /** The version that the person saw. */
  version: number;
  /** Names the page for its files that wait, and those files. */
  waiting: { key: string; files: readonly DraftFile[] };
  fields: ComponentChildren;
  beside: ComponentChildren;
  letter: Awaited<ReturnType<NonNullable<MoveForm['preview']>>>;
}

/** One move on a page of its own: what follows from it, what it needs, its letter as it will go out. */
export function MovePage(props: MovePageProps) {
  const { form, question, obstacle, rejection } = props;
  const { view, errors } = question;
  const ground = groundOf(form.move, view.case.regime);
  const previewing = form.preview !== undefined && !form.first?.(question);
  const columns = previewing || Boolean(props.beside);
  return (
    <CaseFrame view={view} title={form.title} crumb={form.title}>
      <ErrorSummary errors={errors} />
      {rejection && (
        <div class="rejection">
          <Alert tone="danger" title={rejection.title} live>
            <p>{rejection.message}</p>
            {rejection.article && <p class="help">依据：{rejection.article}</p>}
            <p>
              <a href={caseAddress(view.case.id)}>查看这件申请现在的情况</a>
            </p>
          </Alert>
        </div>
      )}
      {obstacle && !rejection ? (
        <NotNow obstacle={obstacle} id={view.case.id} title={form.title} />
      ) : (
        <div class={columns ? 'move-columns' : undefined}>
          <div class="move-main">
            <MoveFields {...props} />
            {ground && <p class="help move-ground">依据：{ground}</p>}
          </div>
          {columns && (
            <div class="move-beside">
              {props.beside}
              {previewing && <LetterPreview letter={props.letter} />}
            </div>
          )}
        </div>
      )}
    </CaseFrame>
  );
}

function MoveFields({ form, question, version, waiting, fields }: MovePageProps) {
  const { view } = question;
  const first = form.first?.(question) ?? null;
  const address = `${caseAddress(view.case.id)}/${form.path}`;
  const consequence = form.consequence?.(view);
  const live = form.preview && {
    'hx-post': `${address}/preview`,
    'hx-trigger': 'input delay:600ms',
    'hx-target': '#letter-preview',
    'hx-swap': 'outerHTML',
    'hx-include': 'find form',
  };
  return (
    <div {...live}>
      {consequence && (
        <div class={`consequence${form.tone === 'danger' ? ' consequence-danger' : ''}`}>
          <Icon name={form.tone === 'danger' ? 'alert-triangle' : 'info-circle'} />
          <div>{consequence}</div>
        </div>
      )}
      <Form action={address} multipart={form.files !== undefined} guard={form.fields !== undefined}>
        <input type="hidden" name="version" value={version} />
        {form.files && <input type="hidden" name="pageKey" value={waiting.key} />}
        {fields}
        <KeptFiles files={waiting.files} kindOf={({ kind }) => fileKinds[kind]} />
        <FormActions>
          {first ? (
            <Button tone="primary" name="then" value={first.value} formnovalidate>
              {first.label}
            </Button>
          ) : (
            <Button tone={form.tone ?? 'primary'}>{form.button}</Button>
          )}
          {!first && form.andThen && (
            <Button name="next" value={form.andThen.value}>
              {form.andThen.label}
            </Button>
          )}
          {!first && form.preview && (
            <Button name="then" value="preview" formnovalidate>
              更新预览
            </Button>
          )}
          <LinkButton href={caseAddress(view.case.id)}>返回，暂不办理</LinkButton>
        </FormActions>
      </Form>
    </div>
  );
}

function NotNow({ obstacle, id, title }: { obstacle: Obstacle; id: number; title: string }) {
  return (
    <Card>
      <Alert tone="warning" title={`现在不能“${title}”`}>
        <p>{obstacle.message}</p>
        {obstacle.article && <p class="help">依据：{obstacle.article}</p>}
      </Alert>
      <p class="card-end">
        <a href={caseAddress(id)}>返回这件申请，看看现在可以办理什么</a>
      </p>
    </Card>
  );
}
