/** A live field of a template: the key callers fill, the name people see between `{{` and `}}`, what it is. */
interface Field {
  name: string;
  /** What it holds, for the page where templates are edited. */
  help: string;
  /** Shown in previews. */
  sample: string;
  /** May stay empty: a paragraph with optional fields is left out when all of them are empty. */
  optional?: true;
}

/** The closed list of live fields. Values are dates, amounts and names already in words, ready to print. */
const catalogue = {
  applicant: { name: '申请人', help: '申请人姓名或者名称', sample: '张三' },
  you: { name: '称谓', help: '正文里怎样称呼申请人：您或者贵单位', sample: '您' },
  requestNumber: { name: '申请编号', help: '登记时给的编号', sample: 'YSQ-2026-0012' },
  receivedOn: { name: '收到日期', help: '收到申请之日', sample: '2026年11月2日' },
  channel: { name: '申请渠道', help: '当面、网络、信函等', sample: '网络' },
  content: { name: '申请内容', help: '所需政府信息的内容描述', sample: '2025年度高新区城市更新项目清单' },
  wantedForm: { name: '获取方式', help: '申请人要求的提供方式和途径', sample: '电子邮件', optional: true },
  due: { name: '答复期限', help: '应当答复的最后一日', sample: '2026年11月30日' },
  basis: {
    name: '依据',
    help: '所依据的法律条文，自动写出',
    sample: '《中华人民共和国政府信息公开条例》第三十三条',
  },
  agency: { name: '机关名称', help: '本机关全称，自动写出', sample: '昆明高新技术产业开发区管理委员会' },
  phone: { name: '联系电话', help: '本机关信息公开工作机构电话', sample: '0871-68180000', optional: true },
  address: {
    name: '办公地址',
    help: '本机关办公地址',
    sample: '云南省昆明市高新区科医路53号',
    optional: true,
  },
  officeHours: {
    name: '办公时间',
    help: '本机关对外办公时间',
    sample: '工作日9:00至12:00、13:00至17:00',
    optional: true,
  },
  queryAddress: {
    name: '查询网址',
    help: '申请人查询办理进度的网址',
    sample: 'https://gongkai.example.gov.cn/requests',
    optional: true,
  },
  correctionItems: {
    name: '需要补正的事项',
    help: '哪里不明确、请申请人补充什么',
    sample: '请说明所需项目清单的年度范围，以及是否包括已经终止的项目。',
  },
  correctionDue: { name: '补正期限', help: '补正的最后一日', sample: '2026年11月24日' },
  requestCount: {
    name: '申请件数',
    help: '数量、频次明显超过合理范围的事实',
    sample: '近三个月内提交申请42件',
  },
  reasonsDue: { name: '说明理由期限', help: '说明理由的最后一日', sample: '2026年11月24日' },
  delayReason: {
    name: '延迟答复的理由',
    help: '为什么在法定期限内不能答复',
    sample: '所申请的四十二件涉及三个部门近五年的档案，需要逐件检索核对',
  },
  delayedDue: { name: '延迟答复的期限', help: '延迟答复的合理期限的最后一日', sample: '2027年3月31日' },
  extensionReason: {
    name: '延期理由',
    help: '为什么在原期限内不能答复',
    sample: '所涉档案分散在三个部门，需要逐件检索核对',
  },
  extendedDue: { name: '延长后的答复期限', help: '延长后的最后一日', sample: '2026年12月28日' },
  thirdParty: { name: '第三方', help: '第三方的姓名或者名称', sample: '昆明某某科技有限公司' },
  information: {
    name: '拟公开的信息',
    help: '征求意见的政府信息是什么',
    sample: '《某某项目投资协议》（2025年3月签订）',
  },
  opinionDays: { name: '意见期限', help: '从收到之日起多少个工作日', sample: '15个工作日' },
  coProducer: { name: '共同制作机关', help: '一起制作该信息的行政机关', sample: '昆明市某某局' },
  assistant: { name: '协办单位', help: '请求协助的单位', sample: '昆明市某某局' },
  assistance: {
    name: '协办事项',
    help: '请对方协助什么',
    sample: '请协助查找并提供《某某项目可行性研究报告》的批复文件',
  },
  assistanceDue: { name: '协办期限', help: '请对方最迟何日回复', sample: '2026年11月20日' },
  consultedOn: { name: '征求意见日期', help: '向第三方发出征求意见书之日', sample: '2026年11月9日' },
  publicInterest: {
    name: '公共利益理由',
    help: '不公开会对公共利益造成重大影响的理由',
    sample: '该信息关系周边居民的饮用水安全',
  },
  feeMethod: { name: '计费方式', help: '按件或者按量', sample: '按件计收' },
  feeQuantity: { name: '计费数量', help: '件数或者页数', sample: '本自然月第12件' },
  feeDetail: { name: '费用计算', help: '逐档计算过程', sample: '第11至12件，每件100元，共200元' },
  feeAmount: { name: '应缴金额', help: '含单位', sample: '200元' },
  feeDays: { name: '缴费期限', help: '从收到次日起多少个工作日', sample: '20个工作日' },
  payWay: {
    name: '缴费方式',
    help: '收款单位、账户或者缴款码',
    sample: '持本通知书到高新区政务服务中心非税窗口缴纳',
  },
  whereToGet: {
    name: '获取方式和途径',
    help: '从哪里、怎样得到该信息',
    sample: '登录昆明高新区门户网站“政府信息公开”专栏查阅',
  },
  provided: { name: '提供的信息', help: '向申请人提供的文件', sample: '《2025年度城市更新项目清单》，共3页' },
  withheld: {
    name: '不予公开的内容',
    help: '区分处理后不提供的部分',
    sample: '清单中自然人的身份证件号码和住址',
  },
  reasons: {
    name: '理由',
    help: '事实和理由；不予公开的应当说明公开会造成什么损害',
    sample: '该内容能够识别特定自然人，公开会损害其隐私权',
  },
  rightAgency: {
    name: '负责公开的机关',
    help: '能够确定的，写明名称',
    sample: '昆明市自然资源和规划局',
    optional: true,
  },
  rightAgencyContact: {
    name: '该机关联系方式',
    help: '电话、地址或者网址',
    sample: '0871-63100000',
    optional: true,
  },
  missing: {
    name: '需要更改补充的内容',
    help: '请申请人更改、补充什么',
    sample: '请写明所需文件的名称或者文号',
  },
  otherWay: {
    name: '其他办理途径',
    help: '应当通过什么渠道办理',
    sample: '向昆明市不动产登记中心申请查询',
  },
  complaintWay: {
    name: '反映渠道',
    help: '信访、投诉、举报可以向哪里提出',
    sample: '昆明高新区信访局，0871-68180001',
    optional: true,
  },
  previousReply: {
    name: '此前的答复',
    help: '已经作出的答复的日期和文号',
    sample: '2026年9月8日作出的“高新区公开告〔2026〕31号”答复书',
  },
  publication: { name: '公开出版物', help: '名称和获取途径', sample: '《昆明政报》，可在昆明市图书馆查阅' },
  rectificationAsked: {
    name: '更正要求',
    help: '申请人认为哪里记录不准确、有什么证据',
    sample: '房屋登记情况中的建筑面积应为98.6平方米，附不动产权证复印件',
  },
  rectificationAskedOn: { name: '提出更正之日', help: '申请人提出更正要求的日期', sample: '2026年11月9日' },
  rectificationDecision: {
    name: '更正处理结果',
    help: '怎样处理、为什么，或者向哪个机关提出',
    sample: '经核对档案，原记录有误，已于2026年11月20日更正为98.6平方米。',
  },
  letterTitle: { name: '文书名称', help: '送达的文书', sample: '政府信息公开申请答复书' },
  letterNumber: { name: '文书文号', help: '送达文书的发文字号', sample: '高新区公开告〔2026〕12号' },
  deliveryMethod: { name: '送达方式', help: '当面、邮寄等', sample: '邮寄送达（中国邮政特快专递）' },
  deliveryPlace: { name: '送达地点', help: '地址', sample: '云南省昆明市五华区人民路1号', optional: true },
} as const satisfies Record<string, Field>;

export type FieldKey = keyof typeof catalogue;

/** What callers know; text only, at most 4 000 characters each. */
export type LetterFields = Partial<Record<FieldKey, string>>;

export const fields: Readonly<Record<FieldKey, Field>> = catalogue;

const byName = new Map(
  (Object.keys(catalogue) as FieldKey[]).map((key) => [catalogue[key].name as string, key]),
);

/** The field a template means by this name; undefined when there is none. */
export const fieldNamed = (name: string): FieldKey | undefined => byName.get(name);
