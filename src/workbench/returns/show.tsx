import {
  type EvidenceFile,
  type Line,
  type Move,
  moves,
  periodName,
  type Return,
} from '../../areas/returns/index.ts';
import type { Figure } from '../../core/figure.ts';
import type { TimelineAct } from '../../ledger/index.ts';
import {
  Alert,
  Button,
  Card,
  Confirm,
  Empty,
  Facts,
  FileField,
  Form,
  FormActions,
  formatBytes,
  formatDate,
  formatDateTime,
  LinkButton,
  Table,
  TextArea,
  UnavailableAct,
} from '../../ui/index.ts';
import { ActHistory } from '../history.tsx';
import { WorkbenchPage } from '../shell.tsx';
import { periodQuery } from './forms.ts';
import { changeText, isStriking, quantityText, StateBadge } from './state.tsx';

/** The acts as nouns in addresses. */
export const actNouns: Readonly<Record<Exclude<Move, 'fill'>, string>> = {
  submit: 'submission',
  recall: 'recall',
  accept: 'acceptance',
  'send-back': 'rejection',
  reopen: 'correction',
  discard: 'discarding',
  withdraw: 'withdrawal',
};

export interface ShowProps {
  item: Return;
  lines: readonly Line[];
  figures: ReadonlyMap<string, Figure>;
  previous: ReadonlyMap<string, string | null>;
  lastYear: ReadonlyMap<string, string | null>;
  files: readonly EvidenceFile[];
  history: readonly TimelineAct[];
  /** Moves the state allows; the reason why not where this person may not. */
  offered: readonly { move: Move; obstacle: string | null }[];
  mayAttach: boolean;
  fileError?: string;
}

export function ShowPage(props: ShowProps) {
  const { item, lines, offered } = props;
  const href = `/workbench/returns/${item.id}`;
  return (
    <WorkbenchPage
      title={`${item.unitName} ${periodName(item)}填报`}
      current="/workbench/returns"
      wide
      state={<StateBadge status={item.status} />}
      breadcrumbs={[
        { label: '数据填报', href: `/workbench/returns?year=${item.from.slice(0, 4)}` },
        { label: `${item.unitName} ${periodName(item)}` },
      ]}
      actions={offered.map(({ move, obstacle }, index) =>
        obstacle ? (
          <UnavailableAct key={move} label={moves[move].label} reason={obstacle} />
        ) : (
          <LinkButton
            key={move}
            tone={index === 0 ? 'primary' : 'plain'}
            href={
              move === 'fill'
                ? `/workbench/returns/fill?unit=${item.unitId}&${periodQuery(item)}`
                : `${href}/${actNouns[move]}`
            }
          >
            {moves[move].label}
          </LinkButton>
        ),
      )}
    >
      {item.reason !== '' && item.status !== 'accepted' && item.status !== 'submitted' && (
        <Alert tone="warning" title={item.status === 'withdrawn' ? '作废理由' : '退回理由'}>
          {item.reason}
        </Alert>
      )}
      <Card>
        <Facts
          items={[
            { label: '填报单位', value: `${item.unitName}(${item.unitCode})` },
            { label: '期间', value: `${formatDate(item.from)} 至 ${formatDate(item.to)}` },
            { label: '来源', value: item.origin === 'import' ? '导入的历史数据' : '单位填报' },
            {
              label: '报送',
              value: item.submittedAt ? `${item.submittedBy ?? ''} ${formatDateTime(item.submittedAt)}` : '—',
            },
            {
              label: '审核',
              value: item.reviewedAt ? `${item.reviewedBy ?? ''} ${formatDateTime(item.reviewedAt)}` : '—',
            },
          ]}
        />
      </Card>
      <Card title="指标" flush>
        {lines.length === 0 ? <Empty title="还没有填写任何指标" /> : <Lines {...props} />}
        {item.lineCount > lines.length && (
          <p class="lead">{`共 ${item.lineCount} 行，这里显示前 ${lines.length} 行；全部可在列表页导出。`}</p>
        )}
      </Card>
      <Evidence {...props} href={href} />
      <Card title="办理过程">
        <ActHistory items={props.history} />
      </Card>
    </WorkbenchPage>
  );
}

/** This period side by side with the one before and the same one last year. */
function Lines({ lines, figures, previous, lastYear }: ShowProps) {
  return (
    <Table
      caption="本期指标与上期、去年同期对照"
      columns={[
        { label: '指标', width: 'wide' },
        { label: '单位' },
        { label: '本期', numeric: true },
        { label: '上期', numeric: true },
        { label: '比上期', numeric: true },
        { label: '去年同期', numeric: true },
        { label: '同比', numeric: true },
        { label: '备注' },
      ]}
    >
      {lines.map((line, index) => {
        const figure = figures.get(line.figure);
        const [before, year] = [previous.get(line.figure), lastYear.get(line.figure)];
        const striking = isStriking(line.quantity, before) || isStriking(line.quantity, year);
        return (
          <tr key={index} class={striking ? 'line-striking' : undefined}>
            <th scope="row">{figure?.label ?? line.figure}</th>
            <td>{figure?.unit ?? ''}</td>
            <td class="numeric">
              <strong>{quantityText(line.quantity)}</strong>
            </td>
            <td class="numeric">{quantityText(before)}</td>
            <td class="numeric">{changeText(line.quantity, before) ?? '—'}</td>
            <td class="numeric">{quantityText(year)}</td>
            <td class="numeric">{changeText(line.quantity, year) ?? '—'}</td>
            <td>
              {line.note}
              {striking && <span class="striking-note">变动超过一半，请核对</span>}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

function Evidence({ files, mayAttach, fileError, href }: ShowProps & { href: string }) {
  return (
    <Card title="佐证材料" id="files">
      {files.length === 0 && <p>没有佐证材料。</p>}
      {files.length > 0 && (
        <ul class="evidence-files">
          {files.map((file) => (
            <li key={file.id}>
              <a href={`${href}/files/${file.id}`} download>
                {file.name}
              </a>
              <span>{formatBytes(file.bytes)}</span>
              {mayAttach && (
                <Form action={`${href}/files/${file.id}/removal`} layout="inline">
                  <Button small>{`移除“${file.name}”`}</Button>
                </Form>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayAttach && (
        <Form action={`${href}/files`} multipart>
          <FileField
            name="file"
            label="上传佐证材料"
            help="PDF、图片、Word、Excel 或文本文件"
            error={fileError}
            required
          />
          <FormActions>
            <Button icon="upload">上传</Button>
          </FormActions>
        </Form>
      )}
    </Card>
  );
}

const consequences: Readonly<Record<Exclude<Move, 'fill'>, (name: string) => string>> = {
  submit: (name) => `报送后，${name}将由信息公开专员审核，审核期间不能修改。`,
  recall: (name) => `撤回后，${name}回到草稿，审核暂停，修改后需要重新报送。`,
  accept: (name) => `通过后，${name}的各项数据立即计入年度报告。`,
  'send-back': (name) => `退回后，${name}由单位修改并重新报送，本期数据不计入年度报告。`,
  reopen: (name) => `退回更正后，${name}的数据立即从年度报告中扣除，单位更正并重新审核通过后再计入。`,
  discard: (name) => `作废后，${name}不再保留为待办，内容可以查看但不能恢复。`,
  withdraw: (name) => `撤销后，${name}的数据立即从年度报告中扣除，不能恢复；需要时可另行填报或导入。`,
};

export function ActPage(props: {
  item: Return;
  move: Exclude<Move, 'fill'>;
  reason?: string;
  errors?: Readonly<Record<string, string>>;
}) {
  const { item, move, errors = {} } = props;
  const name = `《${item.unitName}${periodName(item)}填报》`;
  const href = `/workbench/returns/${item.id}`;
  const rule = moves[move];
  return (
    <WorkbenchPage
      title={`${rule.label}:${item.unitName} ${periodName(item)}填报`}
      current="/workbench/returns"
      breadcrumbs={[
        { label: '数据填报', href: `/workbench/returns?year=${item.from.slice(0, 4)}` },
        { label: `${item.unitName} ${periodName(item)}`, href },
        { label: rule.label },
      ]}
    >
      <Confirm
        consequence={`${consequences[move](name)}(共 ${item.lineCount} 项指标)`}
        action={`${href}/${actNouns[move]}`}
        label={rule.label}
        tone={rule.reason ? 'danger' : 'primary'}
        backHref={href}
      >
        {rule.reason && (
          <TextArea
            name="reason"
            label="理由"
            value={props.reason ?? ''}
            error={errors.reason}
            maxlength={500}
            required
            help="会发给填报人，并记入操作台账"
          />
        )}
      </Confirm>
    </WorkbenchPage>
  );
}
