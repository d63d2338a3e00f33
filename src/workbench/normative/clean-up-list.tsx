import type { CleanUp } from '../../areas/catalogue/index.ts';
import { may } from '../../areas/organisations/index.ts';
import {
  Button,
  Card,
  CheckboxesField,
  DateField,
  Empty,
  ErrorSummary,
  Form,
  FormActions,
  formatDate,
  formatNumber,
  LinkButton,
  Table,
  TextArea,
  TextField,
  usePage,
} from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { CLEAN_UPS, cleanUpAddress } from './addresses.ts';
import { StateBadge, underCleanUps } from './clean-up-frame.tsx';
import { NormativePage, NormativeView } from './frame.tsx';

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
            { label: '文件成文截止' },
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
              <td data-label="文件成文截止">{formatDate(one.cutoffOn)}</td>
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
    <NormativePage title="启动清理" under={underCleanUps}>
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
            label="文件成文截止日期"
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
