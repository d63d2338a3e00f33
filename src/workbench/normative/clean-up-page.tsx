import {
  type CatalogueColumn,
  type CleanUp,
  type CleanUpDocument,
  type CleanUpMove,
  cleanUpMoves,
  cleanUpProposals,
  type Obstacle,
} from '../../areas/catalogue/index.ts';
import { may } from '../../areas/organisations/index.ts';
import {
  Alert,
  Badge,
  Button,
  bookTitle,
  Card,
  Confirm,
  DateField,
  ErrorSummary,
  Facts,
  Form,
  FormActions,
  formatDate,
  LinkButton,
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
import type { Errors, Given } from '../request.ts';
import { cleanUpAddress, documentAddress } from './addresses.ts';
import { StateBadge, underCleanUps } from './clean-up-frame.tsx';
import { NormativePage, ValidityBadge } from './frame.tsx';

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
      under={underCleanUps}
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
              ? [
                  {
                    label: '决定',
                    value: `${cleanUp.deciderName ?? ''}，${formatDate(cleanUp.decidedOn)}${cleanUp.opinion && `：${cleanUp.opinion}`}`,
                  },
                ]
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
      <div class="clean-up-acts">
        <Acts {...props} />
      </div>
      {[...Map.groupBy(documents, ({ unitName }) => unitName)].map(([unitName, own]) => (
        <Card key={unitName} title={`${unitName}（${own.length}件）`} flush>
          <div class="clean-up-unit">
            <UnitDocuments {...props} unitName={unitName} own={own} mayPropose={moves.propose === null} />
          </div>
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
        { label: '文件名称' },
        { label: '成文日期', width: 'medium' },
        { label: '现在', width: 'narrow' },
        { label: cleanUp.state === 'decided' ? '结果' : '清理意见', width: 'wide' },
        ...(mayPropose ? [{ label: '办理', labelHidden: true, width: 'narrow' as const }] : []),
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
        {[ground, replacementTitle && `由${bookTitle(replacementTitle)}代替`, proposerName]
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
          <p class="help clean-up-why">{moves.submit.message}</p>
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
          <p class="help clean-up-why">{moves.decide.message}</p>
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
      {moves.drop === null && <LinkButton href={address('/cancellation')}>取消清理</LinkButton>}
    </>
  );
}
