import {
  type CatalogueColumn,
  type CleanUp,
  type CleanUpDocument,
  type CleanUpMove,
  cleanUpMoves,
  cleanUpProposals,
  cleanUpStates,
  type Obstacle,
} from '../../areas/catalogue/index.ts';
import { may } from '../../areas/organisations/index.ts';
import {
  Alert,
  Badge,
  Button,
  Card,
  CheckboxesField,
  Confirm,
  DateField,
  Empty,
  ErrorSummary,
  Facts,
  Form,
  FormActions,
  formatDate,
  formatNumber,
  LinkButton,
  RadioField,
  SelectField,
  Stat,
  Stats,
  Table,
  TextArea,
  TextField,
  usePage,
} from '../../ui/index.ts';
import { itemAddress } from '../items/addresses.ts';
import { columnOptions } from '../items/column-options.ts';
import type { Errors, Given } from '../items/request.ts';
import { CLEAN_UPS, cleanUpAddress, documentAddress } from './addresses.ts';
import { NormativePage, NormativeView, ValidityBadge } from './frame.tsx';

const under = { label: '文件清理', href: CLEAN_UPS };

function StateBadge({ cleanUp }: { cleanUp: CleanUp }) {
  const { label, tone } = cleanUpStates[cleanUp.state];
  return <Badge tone={tone}>{label}</Badge>;
}

/** 文件清理: the clean-ups there were, and the one that runs. */
export function CleanUpsPage({ cleanUps, waiting }: { cleanUps: readonly CleanUp[]; waiting: number }) {
  const { actor } = usePage();
  const running = cleanUps.some(({ state }) => state === 'collecting' || state === 'submitted');
  return (
    <NormativeView
      view={CLEAN_UPS}
      waiting={waiting}
      lead="定期清理现行有效的文件：各部门提出意见，领导决定，一次执行，结果向社会公布。"
      actions={
        actor &&
        may(actor, 'catalogue.clean-up') &&
        !running && (
          <LinkButton href={`${CLEAN_UPS}/new`} tone="primary" icon="plus">
            启动清理
          </LinkButton>
        )
      }
    >
      {cleanUps.length === 0 ? (
        <Empty title="还没有清理过文件" icon="list-check">
          启动清理后，截至某一天现行有效的文件会列成清单，分送各部门提出意见。
        </Empty>
      ) : (
        <Table
          caption="文件清理"
          queue
          stack
          columns={[
            { label: '名称', width: 'wide' },
            { label: '截止日期' },
            { label: '文件', numeric: true },
            { label: '状态' },
            { label: '决定日期' },
          ]}
        >
          {cleanUps.map((one) => (
            <tr key={one.id}>
              <th scope="row" data-label="名称">
                <a href={cleanUpAddress(one.id)}>{one.name}</a>
              </th>
              <td data-label="截止日期">{formatDate(one.cutoffOn)}</td>
              <td data-label="文件" class="numeric">
                {formatNumber(one.documents)}
              </td>
              <td data-label="状态">
                <StateBadge cleanUp={one} />
              </td>
              <td data-label="决定日期">{formatDate(one.decidedOn)}</td>
            </tr>
          ))}
        </Table>
      )}
    </NormativeView>
  );
}

export function NewCleanUpPage(props: {
  today: string;
  replyBy: string;
  given?: Given;
  kinds?: readonly string[];
  errors?: Errors;
}) {
  const { today, replyBy, given, kinds = ['normative'], errors } = props;
  return (
    <NormativePage title="启动清理" under={under}>
      <ErrorSummary errors={errors} />
      <Card>
        <Form action={`${CLEAN_UPS}/new`} guard>
          <TextField
            name="name"
            label="名称"
            width={40}
            maxlength={100}
            required
            help="例如“2026年行政规范性文件清理”；公告会引用。"
            value={given?.('name')}
            error={errors?.name}
          />
          <CheckboxesField
            name="kinds"
            label="清理范围"
            inline
            values={kinds}
            error={errors?.kinds}
            options={[
              { value: 'normative', label: '行政规范性文件' },
              { value: 'rule', label: '规章' },
            ]}
          />
          <DateField
            name="cutoffOn"
            label="截止日期"
            required
            max={today}
            help="这一天及以前成文、现行有效的文件列入清单。"
            value={given?.('cutoffOn') ?? today}
            error={errors?.cutoffOn}
          />
          <DateField
            name="replyBy"
            label="各部门提出意见的期限"
            required
            min={today}
            value={given?.('replyBy') ?? replyBy}
            error={errors?.replyBy}
          />
          <TextArea
            name="ground"
            label="依据"
            rows={2}
            maxlength={500}
            required
            help="例如“根据《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）”；公告以它开头。"
            value={given?.('ground')}
            error={errors?.ground}
          />
          <FormActions>
            <Button tone="primary">启动清理，通知各部门</Button>
            <LinkButton href={CLEAN_UPS}>返回</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </NormativePage>
  );
}

export interface CleanUpProps {
  cleanUp: CleanUp;
  documents: readonly CleanUpDocument[];
  owing: readonly { unitId: number; unitName: string; count: number }[];
  moves: Readonly<Record<CleanUpMove, Obstacle | null>>;
  /** The unit the reader answers for; null: every unit. */
  ownUnit: number | null;
  columns: readonly CatalogueColumn[];
  today: string;
  given?: Given;
  errors?: Errors;
}

const outcomes = {
  kept: '保留',
  amended: '修改',
  repealed: '废止',
  expired: '宣布失效',
  gone: '此前已失去效力',
} as const;

/** One clean-up: its documents by unit with what is proposed, and what can be done now. */
export function CleanUpPage(props: CleanUpProps) {
  const { cleanUp, documents, owing, moves, errors } = props;
  const counted = (proposal: CleanUpDocument['proposal']) =>
    documents.filter((one) => one.proposal === proposal).length;
  return (
    <NormativePage
      title={cleanUp.name}
      under={under}
      state={<StateBadge cleanUp={cleanUp} />}
      lead={`截至${formatDate(cleanUp.cutoffOn)}现行有效的文件 ${documents.length} 件`}
    >
      <ErrorSummary errors={errors} />
      {cleanUp.state === 'collecting' && cleanUp.opinion !== '' && (
        <Alert tone="warning" title="领导退回补充">
          {cleanUp.opinion}
        </Alert>
      )}
      <Stats>
        {(Object.keys(cleanUpProposals) as (keyof typeof cleanUpProposals)[]).map((key) => (
          <Stat key={key} label={cleanUpProposals[key]} value={counted(key)} unit="件" />
        ))}
        {cleanUp.state === 'collecting' && <Stat label="还没有意见" value={counted(null)} unit="件" />}
      </Stats>
      <Card title="基本情况">
        <Facts
          items={[
            { label: '依据', value: cleanUp.ground },
            { label: '意见期限', value: formatDate(cleanUp.replyBy) },
            ...(owing.length > 0 && cleanUp.state === 'collecting'
              ? [
                  {
                    label: '未答复的部门',
                    value: owing.map(({ unitName, count }) => `${unitName}（${count}）`).join('、'),
                  },
                ]
              : []),
            ...(cleanUp.decidedOn
              ? [{ label: '决定', value: `${cleanUp.deciderName ?? ''}，${formatDate(cleanUp.decidedOn)}` }]
              : []),
            ...(cleanUp.resultItem === null
              ? []
              : [
                  {
                    label: '结果公告',
                    value: <a href={itemAddress(cleanUp.resultItem, '/record')}>查看公告稿件</a>,
                  },
                ]),
          ]}
        />
      </Card>
      <Acts {...props} />
      {[...Map.groupBy(documents, ({ unitName }) => unitName)].map(([unitName, own]) => (
        <Card key={unitName} title={`${unitName}（${own.length}件）`} flush>
          <UnitDocuments {...props} unitName={unitName} own={own} mayPropose={moves.propose === null} />
        </Card>
      ))}
    </NormativePage>
  );
}

function UnitDocuments(
  props: CleanUpProps & { unitName: string; own: readonly CleanUpDocument[]; mayPropose: boolean },
) {
  const { cleanUp, unitName, own, mayPropose, ownUnit } = props;
  return (
    <Table
      caption={`${unitName}的文件`}
      stack
      columns={[
        { label: '文件名称', width: 'wide' },
        { label: '成文日期' },
        { label: '现在' },
        { label: cleanUp.state === 'decided' ? '结果' : '清理意见' },
        ...(mayPropose ? [{ label: '办理', labelHidden: true }] : []),
      ]}
    >
      {own.map((one) => (
        <tr key={one.itemId}>
          <th scope="row" data-label="文件名称">
            <a href={documentAddress(one.itemId)}>{one.title}</a>
            <span class="cell-note">{one.documentNumber}</span>
          </th>
          <td data-label="成文日期">{formatDate(one.formedOn)}</td>
          <td data-label="现在">
            <ValidityBadge validity={one.validity} />
          </td>
          <td data-label="清理意见">
            <Proposed document={one} />
          </td>
          {mayPropose && (
            <td>
              {(ownUnit === null || ownUnit === one.unitId) && (
                <a
                  href={cleanUpAddress(cleanUp.id, `/documents/${one.itemId}`)}
                  aria-label={`${one.proposal === null ? '提出意见' : '修改意见'}：${one.title}`}
                >
                  {one.proposal === null ? '提出意见' : '修改意见'}
                </a>
              )}
            </td>
          )}
        </tr>
      ))}
    </Table>
  );
}

function Proposed({ document }: { document: CleanUpDocument }) {
  const { proposal, outcome, ground, replacementTitle, proposerName } = document;
  if (proposal === null) return <Badge tone="warning">还没有意见</Badge>;
  const tone = proposal === 'keep' ? 'success' : proposal === 'amend' ? 'info' : 'danger';
  return (
    <>
      <Badge tone={outcome === 'gone' ? 'neutral' : tone}>
        {outcome === null ? cleanUpProposals[proposal] : outcomes[outcome]}
      </Badge>
      <span class="cell-note">
        {[ground, replacementTitle && `由《${replacementTitle}》代替`, proposerName]
          .filter((word) => word)
          .join('；')}
      </span>
    </>
  );
}

function Acts(props: CleanUpProps) {
  const { cleanUp, moves, columns, today, given, errors } = props;
  const address = (below: string) => cleanUpAddress(cleanUp.id, below);
  const { actor } = usePage();
  const mine = (move: CleanUpMove) => actor !== null && may(actor, cleanUpMoves[move].act);
  return (
    <>
      {moves.propose === null && cleanUp.unanswered > 0 && (
        <Form action={address('/keeping')} layout="bare">
          <Button icon="check">其余没有意见的都建议保留</Button>
        </Form>
      )}
      {cleanUp.state === 'collecting' &&
        mine('submit') &&
        (moves.submit === null ? (
          <Form action={address('/submission')} layout="bare">
            <Button tone="primary">提请领导决定</Button>
          </Form>
        ) : (
          <p class="help">{moves.submit.message}</p>
        ))}
      {cleanUp.state === 'submitted' &&
        mine('decide') &&
        (moves.decide === null ? (
          <Card title="领导决定">
            <Confirm
              consequence={<p>批准后立即执行：各文件按下面的清理意见标注有效性，公开页面同时更新。</p>}
              action={address('/decision')}
              label="批准并执行"
            >
              <DateField
                name="decidedOn"
                label="决定日期"
                required
                max={today}
                min={cleanUp.cutoffOn}
                value={given?.('decidedOn') || today}
                error={errors?.decidedOn}
              />
              <TextArea
                name="opinion"
                label="意见"
                rows={2}
                maxlength={500}
                value={given?.('opinion')}
                error={errors?.opinion}
              />
            </Confirm>
            <Form action={address('/return')} label="退回补充">
              <TextField
                name="reason"
                label="退回的理由"
                width={40}
                maxlength={500}
                value={given?.('reason')}
                error={errors?.reason}
              />
              <FormActions>
                <Button>退回补充</Button>
              </FormActions>
            </Form>
          </Card>
        ) : (
          <p class="help">{moves.decide.message}</p>
        ))}
      {moves['draft-result'] === null && (
        <Card title="公布清理结果">
          <Form action={address('/result')}>
            <SelectField
              name="columnId"
              label="公布到栏目"
              required
              blank="请选择"
              value={given?.('columnId')}
              error={errors?.columnId}
              help="按四张目录起草公告，送审、发布与其他信息相同。"
              options={columnOptions(columns)}
            />
            <FormActions>
              <Button tone="primary">起草清理结果公告</Button>
            </FormActions>
          </Form>
        </Card>
      )}
      {moves.drop === null && (
        <p>
          <LinkButton href={address('/cancellation')} tone="danger">
            取消清理
          </LinkButton>
        </p>
      )}
    </>
  );
}

/** What is to become of one document. */
export function ProposalPage(props: {
  cleanUp: CleanUp;
  document: CleanUpDocument;
  given?: Given;
  errors?: Errors;
}) {
  const { cleanUp, document, given, errors } = props;
  return (
    <NormativePage
      title={document.title}
      under={{ label: cleanUp.name, href: cleanUpAddress(cleanUp.id) }}
      lead={`${document.documentNumber}，${document.unitName}，${formatDate(document.formedOn)}成文`}
      state={<ValidityBadge validity={document.validity} />}
    >
      <ErrorSummary errors={errors} />
      <Card title="清理意见">
        <Form action={cleanUpAddress(cleanUp.id, `/documents/${document.itemId}`)}>
          <RadioField
            name="proposal"
            label="建议"
            required
            value={given?.('proposal') ?? document.proposal}
            error={errors?.proposal}
            options={[
              { value: 'keep', label: cleanUpProposals.keep, help: '继续有效。' },
              {
                value: 'amend',
                label: cleanUpProposals.amend,
                help: '由这次清理的决定修改个别条款，继续有效。',
              },
              {
                value: 'repeal',
                label: cleanUpProposals.repeal,
                help: '与上位法抵触、被新文件代替或者不适应实际。',
              },
              {
                value: 'expire',
                label: cleanUpProposals.expire,
                help: '适用期已过、调整对象消失或者任务已经完成。',
              },
            ]}
          />
          <TextArea
            name="ground"
            label="理由（保留的可以不写）"
            rows={3}
            maxlength={500}
            value={given?.('ground') ?? document.ground}
            error={errors?.ground}
          />
          <TextField
            name="replacement"
            label="代替它的文件"
            width={40}
            maxlength={100}
            help="已公开文件的索引号或者发文字号；没有的留空。"
            value={given?.('replacement') ?? document.replacementNumber}
            error={errors?.replacement}
          />
          <FormActions>
            <Button tone="primary">保存清理意见</Button>
            <LinkButton href={cleanUpAddress(cleanUp.id)}>返回清单</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </NormativePage>
  );
}

export function CancelCleanUpPage({ cleanUp }: { cleanUp: CleanUp }) {
  return (
    <NormativePage title="取消清理" under={{ label: cleanUp.name, href: cleanUpAddress(cleanUp.id) }}>
      <Confirm
        tone="danger"
        consequence={<p>{`取消“${cleanUp.name}”后，已经提出的意见不再办理，各文件的有效性不变。`}</p>}
        action={cleanUpAddress(cleanUp.id, '/cancellation')}
        label="取消清理"
        backHref={cleanUpAddress(cleanUp.id)}
      />
    </NormativePage>
  );
}
