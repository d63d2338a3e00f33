import type { CatalogueSettings } from '../../areas/catalogue/index.ts';
import type { Duty } from '../../areas/returns/index.ts';
import type { LawSettings, ReminderDays } from '../../law/index.ts';
import {
  Button,
  Card,
  ErrorSummary,
  FieldGroup,
  Form,
  FormActions,
  RadioField,
  TextField,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';

/** What the law leaves open and the office decides: each setting says what follows from it. */
export function SettingsPage(props: {
  law: LawSettings;
  duty: Duty;
  /** Whether the body may make rules (规章). */
  ruleMaking: boolean;
  /** Working days a body is given to correct its annual report. */
  filedCorrectionDays: number;
  /** When due dates of requests are told. */
  reminders: ReminderDays;
  catalogue: CatalogueSettings;
  /** Years that applicants' data are kept after the case was closed. */
  retentionYears: number;
  mayWrite: boolean;
  form?: Readonly<Record<string, string>>;
  errors?: Readonly<Record<string, string>>;
}) {
  const { law, duty, ruleMaking, filedCorrectionDays, reminders, catalogue, retentionYears } = props;
  const { mayWrite, form, errors } = props;
  const text = (name: string, value: string) => form?.[name] ?? value;
  const field = (name: string) => ({ name, error: errors?.[name], disabled: !mayWrite });
  return (
    <WorkbenchPage
      title="规则设置"
      current="settings"
      lead="法律没有写明、由本机关确定的做法。修改后对今后的计算生效，并记入操作台账。"
    >
      <ErrorSummary errors={errors} />
      <Form action="/workbench/settings" guard>
        <Card title="数据填报">
          <div class="form-stacked">
            <TextField
              {...field('monthlySince')}
              label="自哪个月起按月填报"
              type="month"
              width={12}
              value={text('monthlySince', duty.monthlySince ?? '')}
              help="留空表示不要求按月填报。"
            />
            <TextField
              {...field('dueWorkingDay')}
              label="每月填报截止"
              inputmode="numeric"
              width={4}
              suffix="个工作日"
              value={text('dueWorkingDay', String(duty.dueWorkingDay))}
              help="次月第几个工作日前报送，1 至 20。"
            />
          </div>
        </Card>
        <Card title="依申请公开的期限与文书">
          <div class="form-stacked">
            <FieldGroup legend="收到申请之日">
              <RadioField
                {...field('confirmOnArrival')}
                label="网络、传真和平常信函申请没有另行确认的"
                value={text('confirmOnArrival', law.confirmOnArrival ? 'yes' : 'no')}
                options={[
                  { value: 'yes', label: '收到当日视为双方确认' },
                  { value: 'no', label: '以工作人员登记的确认日为准，确认前不起算' },
                ]}
              />
              <RadioField
                {...field('webReceipt2008')}
                label="2019年5月15日前的网络申请"
                value={text('webReceipt2008', law.webReceipt2008)}
                options={[
                  { value: 'confirmation', label: '双方确认之日' },
                  { value: 'submission', label: '提交之日（本机关当时公布的规定）' },
                ]}
              />
            </FieldGroup>
            <TextField
              {...field('correctionDays')}
              label="申请人补正的合理期限"
              inputmode="numeric"
              width={4}
              suffix="个工作日"
              value={text('correctionDays', String(law.correctionDays))}
              help="《政府信息公开条例》第三十条只要求“合理期限”，通常 7 至 15 个工作日；可填 1 至 60。"
            />
            <TextField
              {...field('reasonsDays')}
              label="申请人说明理由的期限"
              inputmode="numeric"
              width={4}
              suffix="个工作日"
              value={text('reasonsDays', String(law.reasonsDays))}
              help="《政府信息公开条例》第三十五条没有规定天数；可填 1 至 60，办理时可以另定。"
            />
            <RadioField
              {...field('timelyBy')}
              label="判断答复是否按期"
              value={text('timelyBy', law.timelyBy)}
              options={[
                { value: 'dispatch', label: '以交邮或交付之日为准（期满前交邮的，不算过期）' },
                { value: 'delivery', label: '以送达之日为准' },
              ]}
            />
            <RadioField
              {...field('partialNeedsReconsideration')}
              label="2024年起部分公开答复中不予公开的部分"
              value={text('partialNeedsReconsideration', law.partialNeedsReconsideration ? 'yes' : 'no')}
              options={[
                { value: 'yes', label: '告知应当先申请行政复议' },
                { value: 'no', label: '告知可以复议，也可以直接起诉' },
              ]}
            />
          </div>
        </Card>
        <Card title="申请的催办">
          <div class="form-stacked">
            <TextField
              {...field('remindBefore')}
              label="到期前几个工作日催办"
              width={20}
              value={text('remindBefore', reminders.remindBefore.join('、'))}
              help="通知承办人、部门负责人和信息公开专员，有邮箱的另发邮件；0 表示到期当天，留空表示到期前不催办。每件申请每个时点只催办一次。"
            />
            <TextField
              {...field('escalateAfter')}
              label="逾期后第几个工作日报告领导"
              width={20}
              value={text('escalateAfter', reminders.escalateAfter.join('、'))}
              help="逾期的第 1 个工作日总会报告；可以再加几个时点。"
            />
          </div>
        </Card>
        <Card title="主动公开的期限和评估">
          <div class="form-stacked">
            <TextField
              {...field('publicationRemindBefore')}
              label="公开、评估和有效期届满前几个工作日提醒"
              width={20}
              value={text('publicationRemindBefore', catalogue.remindBefore.join('、'))}
              help="提醒撰写人、部门负责人和信息公开专员；最大的一个数也是“临近期限”的天数。"
            />
            <TextField
              {...field('publicationEscalateAfter')}
              label="逾期后第几个工作日报告领导"
              width={20}
              value={text('publicationEscalateAfter', catalogue.escalateAfter.join('、'))}
              help="逾期的第 1 个工作日总会报告；可以再加几个时点。"
            />
            <TextField
              {...field('reassessmentMonths')}
              label="不公开信息的评估间隔"
              inputmode="numeric"
              width={4}
              suffix="个月"
              value={text('reassessmentMonths', String(catalogue.reassessmentMonths))}
              help="条例第十八条要求定期评估审查，没有规定间隔；单条信息可以另定日期。"
            />
          </div>
        </Card>
        <Card title="申请人信息的保管">
          <div class="form-stacked">
            <TextField
              {...field('retentionYears')}
              label="办结后保管"
              inputmode="numeric"
              width={4}
              suffix="年"
              value={text('retentionYears', String(retentionYears))}
              help="保管期满的列入处置清单，经领导批准后销毁。法律没有规定年限，请与档案部门商定；文书档案定期保管的通常为 10 年或者 30 年。"
            />
          </div>
        </Card>
        <Card title="本机关的年度报告">
          <div class="form-stacked">
            <RadioField
              {...field('ruleMaking')}
              label="规章制定权"
              value={text('ruleMaking', ruleMaking ? 'yes' : 'no')}
              options={[
                { value: 'no', label: '没有：统计表“规章”一行空白的印作“/”，填了数的按错误处理' },
                { value: 'yes', label: '有：照实填报制发、废止和现行有效的规章' },
              ]}
              help="国务院部门，省级和设区的市、自治州的人民政府有规章制定权（《立法法》第九十一条、第九十三条）。"
            />
          </div>
        </Card>
        <Card title="年报核查">
          <div class="form-stacked">
            <TextField
              {...field('filedCorrectionDays')}
              label="要求单位更正年度报告的期限"
              inputmode="numeric"
              width={4}
              suffix="个工作日"
              value={text('filedCorrectionDays', String(filedCorrectionDays))}
              help="提出更正要求时默认的期限，可以逐份修改；可填 1 至 60。"
            />
          </div>
        </Card>
        {mayWrite && (
          <FormActions>
            <Button tone="primary">保存规则设置</Button>
          </FormActions>
        )}
      </Form>
    </WorkbenchPage>
  );
}
