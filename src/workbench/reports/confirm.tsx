import { moves, obstacle, type ReportDesk } from '../../annual-report/index.ts';
import { may, policy, roles } from '../../areas/organisations/index.ts';
import { Alert, bookTitle, Confirm, ErrorSummary, TextArea, usePage } from '../../ui/index.ts';
import { ReportFrame, stateOf } from './frame.tsx';

const moveOf = { signature: 'sign', publication: 'publish', correction: 'correct' } as const;

/** The last step before signing, publishing or correcting, with its consequence in words. */
export function ReportConfirm(props: {
  desk: ReportDesk;
  step: 'signature' | 'publication' | 'correction';
  errors?: Record<string, string>;
  reason?: string;
}) {
  const { desk, step, errors } = props;
  const { year, title, version } = desk.report;
  const base = `/workbench/reports/${year}`;
  const steps = {
    signature: {
      label: '签发',
      consequence: `签发后，${bookTitle(title)}第 ${version} 版的数字、依据清单和正文即被冻结并生成 SM3 摘要，不能再修改；确需改动时只能另编更正版。`,
    },
    publication: {
      label: '发布',
      consequence: `发布后公众立即可见${bookTitle(title)}，并可下载 PDF、Word、Excel 等文件。`,
    },
    correction: {
      label: '开始更正',
      consequence: `将开始编制${bookTitle(title)}第 ${version + 1} 版。第 ${version} 版继续对外公开，直到新版发布；两版之间的差异和更正原因会一并公布。`,
    },
  } as const;
  const { actor } = usePage();
  const move = moveOf[step];
  const reason =
    actor && may(actor, moves[move].act)
      ? obstacle(move, stateOf(desk), actor.staffId)
      : `由${policy[moves[move].act].roles.map((role) => roles[role]).join('、')}办理。`;
  if (reason) {
    return (
      <ReportFrame desk={desk} view="reviews" title={steps[step].label} focused>
        <Alert tone="warning" title={`现在不能${steps[step].label}`}>
          {reason}
        </Alert>
      </ReportFrame>
    );
  }
  return (
    <ReportFrame desk={desk} view="reviews" title={steps[step].label} focused>
      <ErrorSummary errors={errors} />
      <Confirm
        consequence={steps[step].consequence}
        action={`${base}/${step}`}
        label={steps[step].label}
        backHref={base}
      >
        {step === 'correction' && (
          <TextArea
            name="reason"
            label="更正原因"
            rows={3}
            required
            value={props.reason ?? ''}
            error={errors?.reason}
            help="与新版本一并公布，请写清改了什么、为什么改。"
          />
        )}
      </Confirm>
    </ReportFrame>
  );
}
