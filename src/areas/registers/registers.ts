import { choice, count, date, money, note, people, phone, text, title, unit } from './fields.ts';
import type { Register, RegisterKey } from './register.ts';

/** Kinds of meeting that row 9.1 counts: 政府信息公开工作会议或专题会议. */
export const countedMeetings = ['工作会议', '专题会议'] as const;
/** Kinds of budget that row 8.4 counts; it leaves out 政府公报编辑管理 and 政府网站建设维护. */
export const countedBudgets = ['政府信息公开专项经费'] as const;
/** Kinds of office that row 8.1 counts. */
export const countedOffices = ['专门机构'] as const;
export const staffKinds = { fullTime: '专职', partTime: '兼职', publisher: '信息发布员' } as const;

const place = text('place', '地点', { maxLength: 100, example: '一楼会议室' });

export const registers: Readonly<Record<RegisterKey, Register>> = {
  meetings: {
    key: 'meetings',
    label: '会议台账',
    noun: '会议',
    lead: '统计表只计工作会议和专题会议；主要负责人听取汇报、党政联席会研究登记备查，不计入。',
    table: 'register_meetings',
    icon: 'users-group',
    dateField: 'heldOn',
    titleField: 'title',
    fields: [
      date('heldOn', '召开日期', { required: true, listed: true, past: true, example: '2018-03-16' }),
      choice('kind', '会议类型', [...countedMeetings, '主要负责人听取汇报', '党政联席会研究', '其他']),
      title('title', '会议名称', 200, { example: '政府信息公开工作会议' }),
      unit,
      place,
      count('attendees', '参会人数', { listed: true, example: '46' }),
      note,
    ],
  },
  trainings: {
    key: 'trainings',
    label: '培训台账',
    noun: '培训班',
    lead: '每期培训班计 1 次；接受培训人员按人次计，同一人参加两期计 2 人次。',
    table: 'register_trainings',
    icon: 'school',
    dateField: 'heldOn',
    titleField: 'title',
    fields: [
      date('heldOn', '培训日期', { required: true, listed: true, past: true, example: '2018-04-12' }),
      title('title', '培训班名称', 200, { example: '信息发布员业务培训（第一期）' }),
      unit,
      place,
      text('lecturer', '授课人', { maxLength: 100 }),
      people('attendance', '签到名单', {
        maxLength: 30_000,
        help: '一行一人：姓名、部门，可直接从 Excel 粘贴两列。填写名单后，人次按名单计算。',
        example: '张三 办公室',
      }),
      count('trainees', '接受培训人次', {
        listed: true,
        summed: '人次',
        help: '没有签到名单时填写；有名单时留空，以名单为准。',
        example: '50',
      }),
      note,
    ],
  },
  staff: {
    key: 'staff',
    label: '工作人员台账',
    noun: '人员任职',
    lead: '统计表按 12 月 31 日在岗人数计算专职、兼职人员；信息发布员另册登记，不计入从事政府信息公开工作人员数。',
    table: 'register_staff',
    icon: 'id-badge-2',
    dateField: 'fromOn',
    endField: 'toOn',
    titleField: 'name',
    fields: [
      title('name', '姓名', 50, { minLength: 1, example: '张三' }),
      choice('kind', '人员类别', Object.values(staffKinds)),
      unit,
      text('post', '职务', { maxLength: 100, example: '主任科员' }),
      date('fromOn', '任职起始', { required: true, listed: true, example: '2018-01-01' }),
      date('toOn', '任职终止', { listed: true, help: '最后在岗的一天；仍在岗的留空。' }),
      note,
    ],
  },
  budgets: {
    key: 'budgets',
    label: '经费台账',
    noun: '经费',
    lead: '统计表只计政府信息公开专项经费，不包括政府公报编辑管理和政府网站建设维护经费。按元登记，汇编时折算为万元。',
    table: 'register_budgets',
    icon: 'coin-yuan',
    dateField: 'approvedOn',
    titleField: 'purpose',
    fields: [
      date('approvedOn', '批准日期', { required: true, listed: true, past: true, example: '2018-02-26' }),
      choice('kind', '经费类别', [...countedBudgets, '政府公报编辑管理', '政府网站建设维护']),
      money('amount', '金额（元）', { required: true, listed: true, summed: '元', example: '50000.00' }),
      title('purpose', '用途', 200, { example: '政务公开培训、资料印制' }),
      unit,
      note,
    ],
  },
  offices: {
    key: 'offices',
    label: '专门机构台账',
    noun: '机构',
    lead: '统计表按 12 月 31 日实有的政府信息公开工作专门机构计算，其他机构登记备查。',
    table: 'register_offices',
    icon: 'building',
    dateField: 'openedOn',
    endField: 'closedOn',
    titleField: 'name',
    fields: [
      title('name', '机构名称', 100, { example: '政务公开领导小组办公室' }),
      choice('kind', '机构类型', [...countedOffices, '其他']),
      text('address', '地址', { maxLength: 200 }),
      phone,
      date('openedOn', '设立日期', { required: true, listed: true, example: '2009-06-01' }),
      date('closedOn', '终止日期', { listed: true, help: '最后运行的一天；仍在运行的留空。' }),
      note,
    ],
  },
  'reading-places': {
    key: 'reading-places',
    label: '查阅点台账',
    noun: '查阅点',
    lead: '国家档案馆、公共图书馆、政务服务场所应当设置政府信息查阅场所；统计表按 12 月 31 日实有数计算。',
    table: 'register_reading_places',
    icon: 'books',
    dateField: 'openedOn',
    endField: 'closedOn',
    titleField: 'name',
    fields: [
      title('name', '查阅点名称', 100, { example: '市民服务中心查阅点' }),
      choice('kind', '场所类型', ['国家档案馆', '公共图书馆', '政务服务场所', '其他']),
      title('address', '地址', 200, { example: '人民路 1 号一楼大厅' }),
      text('hours', '开放时间', { maxLength: 100, example: '工作日 9:00 至 17:00' }),
      phone,
      date('openedOn', '设置日期', { required: true, listed: true, example: '2009-06-01' }),
      date('closedOn', '停用日期', { listed: true, help: '最后开放的一天；仍在开放的留空。' }),
      note,
    ],
  },
};

export function findRegister(key: string): Register | null {
  return Object.hasOwn(registers, key) ? registers[key as RegisterKey] : null;
}
