import { may } from '../../areas/organisations/index.ts';
import { type Effect, type Entry, type Field, peopleOf, type Register } from '../../areas/registers/index.ts';
import { actLabel, differences, type LedgerEntry } from '../../ledger/index.ts';
import {
  Alert,
  Badge,
  Card,
  ConfirmPage,
  Facts,
  formatDate,
  formatDateTime,
  LinkButton,
  TextField,
  Timeline,
  usePage,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { SignedNotice } from './form.tsx';
import { addressOf, effectWords, formatWan, nameOf, REGISTERS, shown } from './words.ts';

const crumbs = (register: Register, entry: Entry, last?: string) => [
  { label: '台账', href: REGISTERS },
  { label: register.label, href: addressOf(register) },
  { label: nameOf(register, entry), href: addressOf(register, `/${entry.id}`) },
  ...(last ? [{ label: last }] : []),
];

/** One entry: what it says, what it counts for, who did what. */
export function EntryPage(props: {
  register: Register;
  entry: Entry;
  effects: readonly Effect[];
  history: readonly LedgerEntry[];
}) {
  const { register, entry, effects, history } = props;
  const { actor } = usePage();
  const mayWrite = actor !== null && may(actor, 'registers.write');
  const address = addressOf(register, `/${entry.id}`);
  return (
    <WorkbenchPage
      title={nameOf(register, entry)}
      current={REGISTERS}
      breadcrumbs={crumbs(register, entry)}
      state={entry.voidedOn && <Badge tone="warning">已撤销</Badge>}
      actions={
        mayWrite &&
        (entry.voidedOn ? (
          <LinkButton href={`${address}/restoration`} icon="arrow-back-up">
            恢复登记
          </LinkButton>
        ) : (
          <>
            <LinkButton href={`${address}/edit`} tone="primary" icon="edit">
              修改
            </LinkButton>
            <LinkButton href={`${address}/voiding`} icon="ban">
              撤销登记
            </LinkButton>
          </>
        ))
      }
    >
      {entry.voidedOn && (
        <Alert tone="warning" title={`${formatDate(entry.voidedOn)}撤销，不再计入统计`}>
          原因：{entry.voidReason}
        </Alert>
      )}
      <Card title="登记内容">
        <Facts
          items={register.fields.map((field) => ({
            label: field.label,
            value: <Value register={register} field={field} entry={entry} />,
          }))}
        />
      </Card>
      {!entry.voidedOn && (
        <Card title="计入年度报告">
          {effects.length === 0 ? (
            <p>不计入统计表，登记备查。</p>
          ) : (
            <ul class="plain-list">
              {effects.map((effect) => (
                <li key={effect.figure}>{effectWords(register, effect, '计')}</li>
              ))}
            </ul>
          )}
        </Card>
      )}
      <Card title="办理记录">
        <History register={register} acts={history} />
      </Card>
    </WorkbenchPage>
  );
}

function Value({ register, field, entry }: { register: Register; field: Field; entry: Entry }) {
  const value = entry.values[field.name];
  if (field.kind === 'people' && value) {
    const people = peopleOf(String(value));
    return (
      <details class="register-people">
        <summary>{people.length} 人，展开名单</summary>
        <ol>
          {people.map((person) => (
            <li key={person}>{person}</li>
          ))}
        </ol>
      </details>
    );
  }
  if (field.kind === 'money')
    return (
      <>
        {shown(register, field, entry)} 元（{formatWan(Number(value))}）
      </>
    );
  return <span class="register-lines">{shown(register, field, entry)}</span>;
}

function History({ register, acts }: { register: Register; acts: readonly LedgerEntry[] }) {
  return (
    <Timeline
      items={acts.map((act) => {
        const changes =
          act.act === 'registers.change'
            ? differences(`register-${register.key}`, act.before, act.after)
            : [];
        return {
          at: formatDateTime(act.at),
          title: actLabel(act.act),
          by: act.actorName,
          detail: (act.reason || changes.length > 0) && (
            <>
              {act.reason && <p>{act.reason}</p>}
              {changes.map(({ field, before, after }) => (
                <p key={field} class="register-lines">
                  {field}：{before} → {after}
                </p>
              ))}
            </>
          ),
        };
      })}
    />
  );
}

interface ConfirmProps {
  register: Register;
  entry: Entry;
  effects: readonly Effect[];
  /** Signed years that the effects reach. */
  signed: readonly number[];
}

export function VoidPage(props: ConfirmProps & { reason: string; error?: string }) {
  const { register, entry, effects, signed, reason, error } = props;
  const address = addressOf(register, `/${entry.id}`);
  return (
    <WorkbenchPage title="撤销登记" current={REGISTERS} breadcrumbs={crumbs(register, entry, '撤销')}>
      {signed.length > 0 && <SignedNotice years={signed} />}
      <ConfirmPage
        title={nameOf(register, entry)}
        tone="danger"
        action={`${address}/voiding`}
        label="撤销登记"
        backHref={address}
        consequence={
          <>
            <p>
              撤销后“{nameOf(register, entry)}”不再列入{register.label}，仍可查阅，可以恢复。
            </p>
            <Consequences {...props} verb="减少" nothing="它不计入统计表，统计数不变。" effects={effects} />
          </>
        }
      >
        <TextField
          name="reason"
          label="撤销原因"
          value={reason}
          error={error}
          help="写明为什么撤销，例如“重复登记”“日期有误，另行登记”。"
          width={40}
          maxlength={200}
          required
        />
      </ConfirmPage>
    </WorkbenchPage>
  );
}

export function RestorePage(props: ConfirmProps) {
  const { register, entry, signed } = props;
  const address = addressOf(register, `/${entry.id}`);
  return (
    <WorkbenchPage title="恢复登记" current={REGISTERS} breadcrumbs={crumbs(register, entry, '恢复')}>
      {signed.length > 0 && <SignedNotice years={signed} />}
      <ConfirmPage
        title={nameOf(register, entry)}
        action={`${address}/restoration`}
        label="恢复登记"
        backHref={address}
        consequence={
          <>
            <p>
              恢复后“{nameOf(register, entry)}”重新列入{register.label}。
            </p>
            <Consequences {...props} verb="增加" nothing="它不计入统计表，统计数不变。" />
          </>
        }
      />
    </WorkbenchPage>
  );
}

function Consequences(props: ConfirmProps & { verb: '增加' | '减少'; nothing: string }) {
  const { register, effects, verb, nothing } = props;
  if (effects.length === 0) return <p>{nothing}</p>;
  return (
    <ul>
      {effects.map((effect) => (
        <li key={effect.figure}>{effectWords(register, effect, verb)}。</li>
      ))}
    </ul>
  );
}
