/** What a room tells the ledger pages about its acts; registered once, when its front door is first imported. */
export interface RoomLabels {
  /** Act → what was done, e.g. `'returns.submit': '报送数据'`. */
  acts?: Readonly<Record<string, string>>;
  /** Subject kind → what it is and where the workbench shows it. */
  subjects?: Readonly<Record<string, SubjectLabel>>;
  /** Field of `before` and `after` → its Chinese name; `kind.field` for one subject kind only. */
  fields?: Readonly<Record<string, string>>;
}

export interface SubjectLabel {
  label: string;
  href?: (id: string) => string;
}

const acts = new Map<string, string>();
const subjects = new Map<string, SubjectLabel>();
const fields = new Map<string, string>();

/** Adds a room's labels. Two rooms naming one act differently is a fault in the code and throws. */
export function registerLabels(room: RoomLabels): void {
  add(acts, room.acts, (a, b) => a === b);
  add(subjects, room.subjects, (a, b) => a.label === b.label);
  for (const [name, label] of Object.entries(room.fields ?? {}))
    if (!fields.has(name)) fields.set(name, label);
}

function add<T>(
  known: Map<string, T>,
  more: Readonly<Record<string, T>> | undefined,
  same: (a: T, b: T) => boolean,
) {
  for (const [key, value] of Object.entries(more ?? {})) {
    const before = known.get(key);
    if (before !== undefined && !same(before, value))
      throw new Error(`two rooms give ${key} different labels`);
    known.set(key, value);
  }
}

/** The Chinese name of an act; its code when no room named it. */
export function actLabel(act: string): string {
  return acts.get(act) ?? act;
}

export function subjectLabel(kind: string): string {
  return subjects.get(kind)?.label ?? kind;
}

/** Where the workbench shows the subject; null when its room gave no address. */
export function subjectHref(kind: string, id: string): string | null {
  return subjects.get(kind)?.href?.(id) ?? null;
}

export function fieldLabel(kind: string, field: string): string {
  return fields.get(`${kind}.${field}`) ?? fields.get(field) ?? field;
}

/** All named acts, for the filter of the ledger page. */
export function knownActs(): { act: string; label: string }[] {
  return [...acts].map(([act, label]) => ({ act, label })).sort((a, b) => (a.act < b.act ? -1 : 1));
}

export function knownSubjects(): { kind: string; label: string }[] {
  return [...subjects]
    .map(([kind, { label }]) => ({ kind, label }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

registerLabels({
  acts: {
    'ledger.export': '导出操作台账',
  },
  subjects: {
    ledger: { label: '操作台账', href: () => '/workbench/ledger' },
    agency: { label: '机构' },
    unit: { label: '部门' },
    staff: { label: '人员' },
  },
  fields: {
    name: '名称',
    title: '标题',
    shortName: '简称',
    code: '代码',
    status: '状态',
    state: '状态',
    note: '备注',
    reason: '理由',
    quantity: '数量',
    year: '年份',
    month: '月份',
    from: '起始日期',
    to: '截止日期',
    fromOn: '起始日期',
    toOn: '截止日期',
    on: '日期',
    date: '日期',
    heldOn: '召开日期',
    place: '地点',
    unit: '部门',
    unitId: '部门编号',
    unitName: '部门',
    staffId: '人员编号',
    role: '角色',
    roles: '角色',
    post: '职务',
    phone: '电话',
    email: '电子邮箱',
    username: '用户名',
    amount: '金额',
    figure: '指标',
    lines: '明细',
    file: '文件',
    files: '文件',
    format: '格式',
    entries: '条数',
    version: '版本',
    digest: '摘要',
    closedOn: '停用日期',
    leftOn: '离任日期',
    publishedOn: '发布日期',
    submittedOn: '报送日期',
  },
});
