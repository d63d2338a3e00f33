import { diffText, type MergePart, mergeSources, type ReportDesk } from '../../annual-report/index.ts';
import type { CompiledChapter } from '../../annual-report/model.ts';
import {
  Alert,
  Button,
  Card,
  ErrorSummary,
  Form,
  FormActions,
  formatDateTime,
  RadioField,
} from '../../ui/index.ts';
import { ReportFrame } from './frame.tsx';

/** Two officers saved one chapter: both texts side by side, and a choice for each place where they differ. */
export function ChapterMerge(props: {
  desk: ReportDesk;
  chapter: CompiledChapter;
  /** What this officer wrote; the other's is the chapter's saved source. */
  mine: string;
  base: string | null;
  chosen?: Record<string, string>;
  errors?: Record<string, string>;
}) {
  const { desk, chapter, mine, base, chosen = {}, errors } = props;
  const latest = desk.chapterRevisions.get(chapter.key);
  const by = latest?.editedBy || '其他人员';
  const parts = mergeSources(mine, chapter.source, base);
  const differing = parts.filter(({ kind }) => kind === 'differs').length;
  return (
    <ReportFrame desk={desk} view="chapters" title={`合并“${chapter.title}”`} focused>
      <ErrorSummary errors={errors} />
      <Alert tone="warning" title={`${by}在您编辑期间保存了这一章`} live>
        您写的文字没有丢失，也还没有保存。两份文字有 {differing} 处不同，请逐处选择，合并后再通读、保存。
        {latest && `最新一份保存于 ${formatDateTime(latest.editedAt)}。`}
      </Alert>
      <Form action={`/workbench/reports/${desk.report.year}/chapters/${chapter.key}/merge`} guard>
        <input type="hidden" name="theirRevision" value={String(latest?.revision ?? 0)} />
        <input type="hidden" name="base" value={base ?? ''} />
        <textarea name="mine" hidden readOnly aria-label="您的文字">
          {mine}
        </textarea>
        <ol class="merge-parts">
          {parts.map((part, index) => (
            <li key={index}>
              {part.kind === 'same' ? (
                <p class="merge-same">{part.text}</p>
              ) : (
                <Differing
                  part={part}
                  name={`part-${index}`}
                  by={by}
                  value={chosen[`part-${index}`] ?? part.suggested}
                  error={errors?.[`part-${index}`]}
                />
              )}
            </li>
          ))}
        </ol>
        <FormActions>
          <Button tone="primary">合并成一份</Button>
        </FormActions>
      </Form>
    </ReportFrame>
  );
}

function Differing(props: {
  part: Extract<MergePart, { kind: 'differs' }>;
  name: string;
  by: string;
  value: string | null;
  error?: string;
}) {
  const { part, name, by, value, error } = props;
  const changes = diffText(part.theirs, part.mine);
  return (
    <Card>
      <div class="merge-sides">
        <div>
          <h3>您的文字</h3>
          <p class="text-difference">
            {part.mine === '' && <span class="help">（这里没有文字）</span>}
            {changes.map((change, index) =>
              change.kind === 'removed' ? null : change.kind === 'added' ? (
                <ins key={index}>{change.text}</ins>
              ) : (
                <span key={index}>{change.text}</span>
              ),
            )}
          </p>
        </div>
        <div>
          <h3>{by}保存的文字</h3>
          <p class="text-difference">
            {part.theirs === '' && <span class="help">（这里没有文字）</span>}
            {changes.map((change, index) =>
              change.kind === 'added' ? null : change.kind === 'removed' ? (
                <del key={index}>{change.text}</del>
              ) : (
                <span key={index}>{change.text}</span>
              ),
            )}
          </p>
        </div>
      </div>
      <RadioField
        name={name}
        label={part.suggested ? '保留哪一份（已按谁改动过预选）' : '保留哪一份'}
        required
        inline
        value={value}
        error={error}
        options={[
          { value: 'mine', label: '您的文字' },
          { value: 'theirs', label: `${by}的文字` },
          { value: 'both', label: '两份都留，合并后再改' },
        ]}
      />
    </Card>
  );
}

/** One text from the choices, or the places still without one. */
export function merged(
  parts: readonly MergePart[],
  choices: Record<string, unknown>,
): { source: string } | { errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const texts = parts.flatMap((part, index) => {
    if (part.kind === 'same') return [part.text];
    const choice = choices[`part-${index}`];
    if (choice === 'mine') return [part.mine];
    if (choice === 'theirs') return [part.theirs];
    if (choice === 'both') return [part.mine, part.theirs];
    errors[`part-${index}`] = '请选择这一处保留哪一份文字。';
    return [];
  });
  return Object.keys(errors).length > 0
    ? { errors }
    : { source: texts.filter((text) => text !== '').join('\n\n') };
}
