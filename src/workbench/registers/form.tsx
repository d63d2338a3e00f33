import type { Unit } from '../../areas/organisations/index.ts';
import { type Entry, type Field, type Given, peopleOf, type Register } from '../../areas/registers/index.ts';
import { readDecimal } from '../../core/spreadsheet/index.ts';
import {
  Alert,
  Button,
  DateField,
  ErrorSummary,
  Form,
  FormActions,
  LinkButton,
  SelectField,
  Table,
  TextArea,
  TextField,
  usePage,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { addressOf, formatWan, nameOf, REGISTERS, typed, yearList } from './words.ts';

interface FormProps {
  register: Register;
  units: readonly Unit[];
  signed: readonly number[];
  given: Given;
  errors: Readonly<Record<string, string>>;
  /** The entry being changed; null for a new one. */
  entry: Entry | null;
  /** Someone else changed the entry while this form was filled in. */
  overtaken?: boolean;
}

/** Adding and changing: one form, drawn from the register's description. */
export function EntryFormPage(props: FormProps) {
  const { register, entry, errors, signed, overtaken } = props;
  const title = entry ? `修改${register.noun}登记` : `登记${register.noun}`;
  const back = entry ? addressOf(register, `/${entry.id}`) : addressOf(register);
  return (
    <WorkbenchPage
      title={title}
      current={REGISTERS}
      breadcrumbs={[
        { label: '台账', href: REGISTERS },
        { label: register.label, href: addressOf(register) },
        ...(entry ? [{ label: nameOf(register, entry), href: back }] : []),
        { label: entry ? '修改' : '登记' },
      ]}
      lead={register.lead}
    >
      {overtaken && entry && <Overtaken {...props} entry={entry} />}
      <ErrorSummary errors={errors} />
      {signed.length > 0 && <SignedNotice years={signed} />}
      <Form action={entry ? back : addressOf(register)} guard>
        {entry && <input type="hidden" name="revision" value={entry.revision} />}
        {register.fields.map((field) => (
          <EntryField key={field.name} {...props} field={field} />
        ))}
        <FormActions>
          <Button tone="primary">{overtaken ? '以我填写的内容保存' : entry ? '保存修改' : '保存登记'}</Button>
          {!entry && (
            <Button name="then" value="another">
              保存并登记下一条
            </Button>
          )}
          <LinkButton href={back}>返回</LinkButton>
        </FormActions>
      </Form>
    </WorkbenchPage>
  );
}

/** The law lets a signed report be corrected, but only by a version of its own. */
export function SignedNotice({ years }: { years: readonly number[] }) {
  return (
    <Alert tone="warning" title={`${yearList(years)}年度报告已经签发`}>
      台账仍可登记和修改，但已签发的报告不会随之改变。涉及这些年份且确需更正的，保存后请在年度报告中发起更正，形成新的版本。
    </Alert>
  );
}

function Overtaken({ register, entry, given }: FormProps & { entry: Entry }) {
  const latest = typed(register, entry);
  const different = register.fields.filter(({ name }) => (latest[name] ?? '') !== (given[name] ?? '').trim());
  return (
    <Alert tone="warning" title="您填写期间，其他人员修改了这条登记" live>
      <p>您填写的内容都在下面，还没有保存。请对照最新内容，改好后再保存。</p>
      {different.length > 0 && (
        <Table caption="不同之处" columns={[{ label: '栏目' }, { label: '最新内容' }, { label: '您填写的' }]}>
          {different.map(({ name, label }) => (
            <tr key={name}>
              <th scope="row">{label}</th>
              <td class="register-lines">{latest[name] || '（空）'}</td>
              <td class="register-lines">{given[name] || '（空）'}</td>
            </tr>
          ))}
        </Table>
      )}
    </Alert>
  );
}

function EntryField({ field, given, errors, units, entry }: FormProps & { field: Field }) {
  const { today } = usePage();
  const common = {
    name: field.name,
    label: field.label,
    value: given[field.name] ?? '',
    error: errors[field.name],
    help: field.help,
    required: field.required,
  };
  switch (field.kind) {
    case 'date':
      return <DateField {...common} max={field.past ? today : undefined} />;
    case 'choice':
      return (
        <SelectField
          {...common}
          blank="请选择"
          options={(field.options ?? []).map((option) => ({ value: option, label: option }))}
        />
      );
    case 'unit':
      return (
        <SelectField
          {...common}
          blank="不指定"
          options={units
            .filter(({ closedOn, code }) => !closedOn || code === common.value || entry !== null)
            .map(({ code, name, closedOn }) => ({
              value: code,
              label: closedOn ? `${name}（已停用）` : name,
            }))}
        />
      );
    case 'count':
      return <TextField {...common} width={8} inputmode="numeric" maxlength={9} />;
    case 'money':
      return (
        <TextField
          {...common}
          help={<InWan name={field.name} value={common.value} />}
          width={20}
          inputmode="decimal"
        />
      );
    case 'people':
      return <TextArea {...common} help={<Counted field={field} value={common.value} />} rows={10} />;
    case 'long':
      return <TextArea {...common} rows={3} />;
    default:
      return (
        <TextField {...common} width={(field.maxLength ?? 500) > 60 ? 40 : 20} maxlength={field.maxLength} />
      );
  }
}

/** The amount in 万元, as the statistics table will carry it; follows the typing where there is script. */
function InWan({ name, value }: { name: string; value: string }) {
  const amount = readDecimal(value);
  return (
    <>
      最多两位小数。折合{' '}
      <output data-wan-of={name}>{amount === null ? '—' : formatWan(Number(amount))}</output>
    </>
  );
}

function Counted({ field, value }: { field: Field; value: string }) {
  return (
    <>
      {field.help} 现有 <output data-people-of={field.name}>{peopleOf(value).length}</output> 人。
    </>
  );
}
