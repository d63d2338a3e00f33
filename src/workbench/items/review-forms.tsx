import { type ReviewStep, reviewResults, reviewSteps } from '../../areas/catalogue/index.ts';
import { Alert, Button, bookTitle, Form, RadioField, TextArea, TextField } from '../../ui/index.ts';
import { itemAddress } from './addresses.ts';
import type { ItemPageProps } from './item-page.tsx';

const resultOptions = Object.entries(reviewResults).map(([value, label]) => ({ value, label }));

/** The decision at the step the version has come to. */
export function ReviewForm({ item, version, steps, files, given, errors }: ItemPageProps) {
  const step = version.step as ReviewStep;
  const last = steps.at(-1) === step;
  const open = files.filter(({ file }) => !file.released).length;
  return (
    <Form action={itemAddress(item.id, '/reviews')}>
      {last && version.attribute === 'proactive' && (
        <p class="item-consequence">
          {version.publishAt
            ? `通过后到点自动发布，公众可见${bookTitle(version.title)}。`
            : `通过后立即发布，公众可见${bookTitle(version.title)}。`}
        </p>
      )}
      {open > 0 && (
        <Alert tone="warning">{`${open} 份文件还没有通过出口检查${last ? '，处理后才能通过' : ''}。`}</Alert>
      )}
      <input type="hidden" name="step" value={step} />
      <input type="hidden" name="revision" value={String(version.revision)} />
      <RadioField
        name="result"
        label="审查结果"
        value={given?.('result')}
        options={resultOptions}
        error={errors?.result}
        required
      />
      <TextArea
        name="opinion"
        label="意见"
        value={given?.('opinion')}
        rows={3}
        maxlength={2000}
        error={errors?.opinion}
        help="通过的可以不填，其他结果必须写明。"
      />
      <Button tone="primary">{`提交${reviewSteps[step]}结果`}</Button>
    </Form>
  );
}

/** What the secrecy administration determined. */
export function DeterminationForm({ item, given, errors }: ItemPageProps) {
  return (
    <Form action={itemAddress(item.id, '/determination')}>
      <RadioField
        name="open"
        label="确定结果"
        value={given?.('open')}
        options={[
          { value: 'yes', label: '可以公开，继续审查' },
          { value: 'no', label: '不得公开，退回作者' },
        ]}
        error={errors?.open}
        required
      />
      <TextField
        name="body"
        label="保密行政管理部门"
        value={given?.('body')}
        maxlength={100}
        error={errors?.body}
        required
      />
      <TextField
        name="number"
        label="确定文书的文号"
        value={given?.('number')}
        maxlength={100}
        error={errors?.number}
        required
      />
      <TextArea
        name="opinion"
        label="说明"
        value={given?.('opinion')}
        rows={2}
        maxlength={1800}
        error={errors?.opinion}
      />
      <Button tone="primary">登记确定</Button>
    </Form>
  );
}

/** The review an urgent publication still owes. */
export function LaterReviewForm({ item, given, errors }: ItemPageProps) {
  return (
    <Form action={itemAddress(item.id, '/later-review')}>
      <RadioField
        name="later"
        label="补审结果"
        value={given?.('later')}
        options={[
          { value: 'passed', label: '通过' },
          { value: 'refused', label: '不通过，立即撤下' },
        ]}
        error={errors?.later}
        required
      />
      <TextArea
        name="laterOpinion"
        label="补审意见"
        value={given?.('laterOpinion')}
        rows={2}
        maxlength={2000}
        error={errors?.laterOpinion}
      />
      <Button tone="primary">提交补审结果</Button>
    </Form>
  );
}
