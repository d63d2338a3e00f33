import type { Severity } from './finding.ts';

interface KindWords {
  label: string;
  severity: Severity;
  /** What one click does. */
  cleaning: string;
}

/** Everything the gate looks for, with its name, its usual weight and what cleaning does. */
export const findingKinds = {
  // Of any file
  'resident-number': { label: '公民身份号码', severity: 'grave', cleaning: '遮蔽号码，只留前三位和后四位' },
  'likely-resident-number': {
    label: '疑似身份证号码（15位，或校验位不符）',
    severity: 'warning',
    cleaning: '遮蔽号码，只留前三位和后四位',
  },
  'mobile-number': { label: '手机号码', severity: 'warning', cleaning: '遮蔽号码中间四位' },
  'bank-card': { label: '银行卡号', severity: 'grave', cleaning: '遮蔽号码，只留前四位和后四位' },
  passport: { label: '护照号码', severity: 'warning', cleaning: '遮蔽号码' },
  email: { label: '电子邮箱', severity: 'warning', cleaning: '遮蔽邮箱名' },
  address: { label: '疑似住址', severity: 'notice', cleaning: '遮蔽住址' },
  'name-lies': {
    label: '文件名与内容不符',
    severity: 'warning',
    cleaning: '按内容改正扩展名',
  },
  'archive-inside': { label: '压缩包内的文件', severity: 'notice', cleaning: '删除' },
  'unreadable-inside': { label: '无法检查的内嵌文件', severity: 'grave', cleaning: '删除该内嵌文件' },
  'too-deep': { label: '嵌套过深', severity: 'grave', cleaning: '删除' },
  'trailing-data': { label: '文件结构之外的数据', severity: 'grave', cleaning: '删除多余的数据' },
  // Of Office files
  'document-author': {
    label: '作者、修改者等人员信息',
    severity: 'warning',
    cleaning: '清空人员信息',
  },
  'document-properties': { label: '文件属性', severity: 'notice', cleaning: '清空文件属性' },
  'custom-properties': { label: '自定义属性', severity: 'warning', cleaning: '删除自定义属性' },
  thumbnail: { label: '缩略图', severity: 'warning', cleaning: '删除缩略图' },
  macro: { label: '宏代码', severity: 'grave', cleaning: '删除宏，改为不带宏的文件' },
  'custom-xml': { label: '自定义 XML 数据', severity: 'warning', cleaning: '删除自定义 XML 数据' },
  'embedded-object': { label: '嵌入的文件或对象', severity: 'grave', cleaning: '删除嵌入的对象，保留图示' },
  'active-control': { label: '控件', severity: 'grave', cleaning: '删除控件' },
  'remote-content': { label: '打开时从外部取得的内容', severity: 'grave', cleaning: '删除外部引用' },
  'internal-path': { label: '指向内部位置的链接', severity: 'warning', cleaning: '删除链接，保留文字' },
  'orphan-part': { label: '未被引用的部件', severity: 'warning', cleaning: '删除该部件' },
  'alternate-content': {
    label: '备用内容与显示内容不一致',
    severity: 'warning',
    cleaning: '只保留显示的内容',
  },
  'hidden-shape': { label: '隐藏的图形', severity: 'grave', cleaning: '删除隐藏的图形' },
  'cropped-picture': { label: '裁剪掉但仍在文件中的画面', severity: 'warning', cleaning: '裁去' },
  comment: { label: '批注', severity: 'grave', cleaning: '删除批注' },
  'people-list': { label: '批注和修订人员名单', severity: 'warning', cleaning: '删除人员名单' },
  'printer-settings': { label: '打印机设置', severity: 'notice', cleaning: '删除打印机设置' },
  // Of workbooks
  'hidden-sheet': {
    label: '隐藏的工作表',
    severity: 'grave',
    cleaning: '删除该工作表，引用它的公式改为数值',
  },
  'very-hidden-sheet': {
    label: '深度隐藏的工作表',
    severity: 'grave',
    cleaning: '删除该工作表，引用它的公式改为数值',
  },
  'hidden-rows': { label: '隐藏行中的内容', severity: 'grave', cleaning: '清空隐藏的行，公式改为数值' },
  'hidden-columns': { label: '隐藏列中的内容', severity: 'grave', cleaning: '清空隐藏的列，公式改为数值' },
  'invisible-cells': {
    label: '与底色相同或格式隐藏的单元格',
    severity: 'grave',
    cleaning: '清空看不见的单元格，公式改为数值',
  },
  'orphan-strings': {
    label: '已删除但仍留在文件中的文字',
    severity: 'grave',
    cleaning: '清除未使用的文字',
  },
  'pivot-cache': {
    label: '数据透视表的源数据',
    severity: 'grave',
    cleaning: '删除透视缓存，表中数值保留',
  },
  'external-workbook': {
    label: '外部工作簿链接及其缓存',
    severity: 'grave',
    cleaning: '删除链接和缓存，公式改为数值',
  },
  'outside-name': { label: '指向外部的名称', severity: 'warning', cleaning: '删除该名称' },
  'hidden-name': { label: '隐藏的名称', severity: 'warning', cleaning: '删除该名称' },
  connection: { label: '数据连接', severity: 'grave', cleaning: '删除数据连接，数据保留' },
  'outside-formula': { label: '会向外连接或执行的公式', severity: 'grave', cleaning: '公式改为数值' },
  'revision-log': { label: '多人编辑的修订记录', severity: 'grave', cleaning: '删除修订记录' },
  // Of documents
  'tracked-change': { label: '修订痕迹', severity: 'grave', cleaning: '接受全部修订' },
  'hidden-text': { label: '隐藏文字', severity: 'grave', cleaning: '删除隐藏文字' },
  'invisible-text': { label: '看不见的文字（白色或极小）', severity: 'grave', cleaning: '删除看不见的文字' },
  'embedded-document': { label: '整篇嵌入的其他文档', severity: 'grave', cleaning: '删除' },
  'attached-template': { label: '附加的模板', severity: 'warning', cleaning: '取消附加模板' },
  'outside-field': { label: '会取得外部内容的域', severity: 'grave', cleaning: '域改为普通文字' },
  'document-variables': { label: '文档变量', severity: 'warning', cleaning: '删除文档变量' },
  'mail-merge': { label: '邮件合并数据源', severity: 'grave', cleaning: '删除邮件合并设置' },
  'building-blocks': { label: '自动图文集', severity: 'notice', cleaning: '删除自动图文集' },
  // Of presentations
  'hidden-slide': { label: '隐藏的幻灯片', severity: 'grave', cleaning: '删除隐藏的幻灯片' },
  'speaker-notes': { label: '演讲者备注', severity: 'grave', cleaning: '删除备注' },
  // Of PDF
  'covered-text': {
    label: '看不见但可复制的文字（被遮盖、白色、透明或隐形）',
    severity: 'grave',
    cleaning: '删除看不见的文字',
  },
  'outside-page': { label: '页面可见范围之外的内容', severity: 'grave', cleaning: '删除页面之外的内容' },
  'older-revision': { label: '旧版本（增量保存）', severity: 'grave', cleaning: '删除旧版本' },
  'unused-objects': { label: '未被引用的对象', severity: 'warning', cleaning: '删除未被引用的对象' },
  attachment: { label: '附件', severity: 'grave', cleaning: '删除附件' },
  javascript: { label: 'JavaScript 脚本', severity: 'grave', cleaning: '删除脚本' },
  'outside-action': { label: '启动程序或向外发送的动作', severity: 'grave', cleaning: '删除动作' },
  'form-values': {
    label: '表单及其填写内容',
    severity: 'warning',
    cleaning: '表单改为普通页面内容',
  },
  'dynamic-form': { label: 'XFA 动态表单', severity: 'grave', cleaning: '删除动态表单' },
  annotation: { label: '批注和标记', severity: 'grave', cleaning: '删除批注，保留页面上可见的标记' },
  'private-data': { label: '制作软件的私有数据', severity: 'warning', cleaning: '删除私有数据' },
  'hidden-layer': { label: '隐藏的图层', severity: 'grave', cleaning: '删除隐藏的图层' },
  signature: { label: '数字签名', severity: 'notice', cleaning: '删除数字签名' },
  // Of images
  'gps-position': { label: '拍摄位置（GPS）', severity: 'grave', cleaning: '删除拍摄信息，画面不变' },
  'camera-data': { label: '拍摄信息（EXIF）', severity: 'notice', cleaning: '删除拍摄信息，画面不变' },
  'image-metadata': {
    label: '图片元数据（XMP、IPTC）',
    severity: 'warning',
    cleaning: '删除元数据，画面不变',
  },
  'image-text': { label: '图片中附带的文字说明', severity: 'warning', cleaning: '删除文字，画面不变' },
  'image-thumbnail': { label: '图片内嵌的缩略图', severity: 'warning', cleaning: '删除缩略图，画面不变' },
  'image-private': { label: '图片中的其他数据块', severity: 'warning', cleaning: '删除数据块，画面不变' },
  // Of text
  'sheet-injection': {
    label: '会被表格软件当作公式执行的内容',
    severity: 'grave',
    cleaning: '前面加单引号，作为文字',
  },
} as const satisfies Record<string, KindWords>;

export type FindingKind = keyof typeof findingKinds;
