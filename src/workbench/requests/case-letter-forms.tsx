import type { ComponentChildren } from 'preact';
import type { LetterEntry } from '../../areas/letters/index.ts';
import type { CaseView } from '../../areas/requests/index.ts';
import {
  Button,
  DateField,
  ErrorSummary,
  Form,
  FormActions,
  formatDate,
  LinkButton,
  RadioField,
  TextField,
  usePage,
} from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { caseAddress, letterAddress } from './case-addresses.ts';
import { CaseFrame } from './case-frame.tsx';
import { dispatchMethods } from './case-words.ts';

interface Props {
  view: CaseView;
  letter: LetterEntry;
  given: Given;
  errors: Errors;
}

/** A letter other than the reply is sent off; the reply has its own page, because sending it concludes the case. */
export function LetterDispatchPage({ view, letter, given, errors }: Props) {
  const { today } = usePage();
  return (
    <LetterPage view={view} letter={letter} errors={errors} title="登记发出">
      <Form action={letterAddress(view.case.id, letter.id, 'dispatch')}>
        <RadioField
          name="method"
          label="送达方式"
          value={given('method')}
          error={errors.method}
          options={Object.entries(dispatchMethods).map(([value, label]) => ({ value, label }))}
          required
        />
        <DateField
          name="on"
          label="发出日期"
          value={given('on') || today}
          error={errors.on}
          min={letter.issuedOn}
          max={today}
          required
        />
        <TextField
          name="trackingNumber"
          label="邮件号码"
          width={20}
          value={given('trackingNumber')}
          error={errors.trackingNumber}
          maxlength={60}
          autocomplete="off"
        />
        <Acts view={view} label="登记发出" />
      </Form>
    </LetterPage>
  );
}

export function LetterDeliveryPage({ view, letter, given, errors }: Props) {
  const { today } = usePage();
  return (
    <LetterPage view={view} letter={letter} errors={errors} title="登记送达">
      <Form action={letterAddress(view.case.id, letter.id, 'delivery')}>
        <DateField
          name="on"
          label="送达日期"
          value={given('on')}
          error={errors.on}
          min={letter.dispatchedOn ?? undefined}
          max={today}
          required
        />
        <TextField
          name="by"
          label="签收人"
          width={20}
          value={given('by')}
          error={errors.by}
          maxlength={100}
          autocomplete="off"
        />
        <Acts view={view} label="登记送达" />
      </Form>
    </LetterPage>
  );
}

function LetterPage(
  props: Pick<Props, 'view' | 'letter' | 'errors'> & { title: string; children: ComponentChildren },
) {
  const { view, letter, errors, title, children } = props;
  return (
    <CaseFrame
      view={view}
      title={title}
      crumb={title}
      lead={`${letter.label} ${letter.number}，${formatDate(letter.issuedOn)}成文`}
    >
      <ErrorSummary errors={errors} />
      {children}
    </CaseFrame>
  );
}

function Acts({ view, label }: { view: CaseView; label: string }) {
  return (
    <FormActions>
      <Button tone="primary">{label}</Button>
      <LinkButton href={caseAddress(view.case.id)}>返回，暂不办理</LinkButton>
    </FormActions>
  );
}
