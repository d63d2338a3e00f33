import type { CaseView } from '../../areas/requests/index.ts';
import { REASON_MINUTES } from '../../areas/requests/index.ts';
import { Alert, Button, ErrorSummary, Form, FormActions, LinkButton } from '../../ui/index.ts';
import type { Errors } from '../request.ts';
import { caseAddress } from './case-addresses.ts';
import { RevealReason } from './case-applicant.tsx';
import { CaseFrame } from './case-frame.tsx';

interface Props {
  view: CaseView;
  /** What is opened, below the address of the case. */
  what: string;
}

const TITLE = '查看的理由';

/** Asked before the applicant's name is seen in a file by somebody whose work on the case does not say why. */
export function ReasonPage({ view, what, given, errors }: Props & { given: string; errors: Errors }) {
  return (
    <CaseFrame view={view} title={TITLE} crumb={TITLE} lead={`打开${nameOf(view, what)}之前`}>
      <ErrorSummary errors={errors} />
      <p>
        文件里有申请人的姓名或者名称。请写明为什么查看；{REASON_MINUTES}{' '}
        分钟内再打开本件的文书和案卷，不再询问。
      </p>
      <Form action={`${caseAddress(view.case.id)}/applicant-reason`}>
        <input type="hidden" name="for" value={what} />
        <RevealReason error={errors.reason} value={given} />
        <FormActions>
          <Button tone="primary">记录并打开</Button>
          <LinkButton href={caseAddress(view.case.id)}>返回，不打开</LinkButton>
        </FormActions>
      </Form>
    </CaseFrame>
  );
}

/** The reason is on record: the file is one click away. */
export function ReasonGivenPage({ view, what }: Props) {
  return (
    <CaseFrame view={view} title={TITLE} crumb={TITLE} lead={`打开${nameOf(view, what)}`}>
      <Alert tone="success" title="理由已记入台账" live>
        {REASON_MINUTES} 分钟内可以直接打开本件的文书和案卷。
      </Alert>
      <FormActions>
        <LinkButton href={`${caseAddress(view.case.id)}/${what}`} tone="primary" icon="download" download>
          打开{nameOf(view, what)}
        </LinkButton>
        <LinkButton href={caseAddress(view.case.id)}>返回这件申请</LinkButton>
      </FormActions>
    </CaseFrame>
  );
}

function nameOf({ letters }: CaseView, what: string): string {
  if (what === 'bundle.pdf') return '案卷';
  const id = Number(/\d+/.exec(what)?.[0]);
  const letter = what.startsWith('letters/') ? letters.find((one) => one.id === id) : undefined;
  return letter ? `${letter.label} ${letter.number}` : '身份证明';
}
