/** What a unit of the demonstration zone writes about. */
export interface UnitSubjects {
  /** Things it regulates or reports: 关于…的通知. */
  matters: readonly string[];
  /** Things it does: …开展…. */
  doings: readonly string[];
  /** Addresses of columns of the website its items stand in. */
  columns: readonly string[];
  /** 主题分类. */
  subject: string;
}

export const places: readonly string[] = [
  '西区',
  '东区（马金铺）',
  '海源北路片区',
  '科医路沿线',
  '化城社区',
  '林塘社区',
  '高新招商大厦',
  '生物谷产业园',
  '新材料产业基地',
  '梁王山片区',
];

export const subjectsOfUnits: Readonly<Record<string, UnitSubjects>> = {
  DGB: {
    matters: ['政务公开工作要点', '值班和应急值守', '公文处理规范', '会议活动管理', '督查事项办理'],
    doings: ['党政联席会议', '政务公开培训', '重点工作督查', '机关作风建设', '节前值班检查'],
    columns: ['news', 'notices', 'policy-documents', 'organisation'],
    subject: '综合政务',
  },
  JJFZ: {
    matters: [
      '工业企业技术改造',
      '规模以上企业统计报表',
      '电力需求侧管理',
      '中小企业扶持资金申报',
      '经济运行调度',
    ],
    doings: ['企业走访', '经济形势分析会', '节能宣传周', '项目集中开工', '统计业务培训'],
    columns: ['news', 'statistics', 'key-prices', 'plans'],
    subject: '国民经济管理、国有资产监管',
  },
  CZ: {
    matters: ['部门预算编制', '政府采购管理', '财政专项资金绩效评价', '国有资产清查', '行政事业性收费目录'],
    doings: ['预算执行检查', '会计培训', '财政票据年检', '绩效评价', '减税降费宣传'],
    columns: ['budgets', 'procurement', 'charges', 'key-finance', 'key-tax-relief'],
    subject: '财政、金融、审计',
  },
  TZCJ: {
    matters: ['招商引资优惠政策', '外来投资企业服务', '园区推介活动', '项目落地协调'],
    doings: ['招商推介会', '客商考察接待', '项目签约', '企业座谈会'],
    columns: ['news', 'key-investment'],
    subject: '商贸、海关、旅游',
  },
  GHJS: {
    matters: ['建设工程规划许可', '市政道路改造', '老旧小区改造', '海绵城市建设', '城市绿化'],
    doings: ['工地扬尘检查', '规划方案公示', '雨污分流改造', '道路照明维护'],
    columns: ['licences', 'key-major-projects', 'key-housing', 'news'],
    subject: '城乡建设、环境保护',
  },
  HB: {
    matters: ['大气污染防治', '排污许可证核发', '建设项目环境影响评价', '危险废物管理', '水污染防治'],
    doings: ['环境执法检查', '空气质量监测', '环保宣传进社区', '河道巡查'],
    columns: ['key-environment', 'penalties', 'licences', 'news'],
    subject: '城乡建设、环境保护',
  },
  SHSY: {
    matters: ['中小学招生', '社会救助审批', '基本公共卫生服务', '食品药品安全', '计划生育家庭奖励扶助'],
    doings: ['健康知识讲座', '校园安全检查', '困难群众慰问', '义诊活动', '食品抽检'],
    columns: ['key-schools', 'key-health', 'key-social-aid', 'key-food-and-drugs', 'news'],
    subject: '卫生、体育',
  },
  AJ: {
    matters: ['汛期安全生产', '危险化学品专项整治', '安全生产标准化', '应急预案备案'],
    doings: ['安全生产检查', '消防演练', '隐患排查', '安全生产月活动'],
    columns: ['key-work-safety', 'emergency', 'key-inspections', 'news'],
    subject: '市场监管、安全生产监管',
  },
  XZSP: {
    matters: ['行政许可事项目录', '企业开办流程优化', '投资项目审批', '综合窗口受理'],
    doings: ['窗口业务培训', '证照发放', '“一网通办”推广', '政务大厅延时服务'],
    columns: ['key-approval', 'key-reform', 'licences', 'key-powers'],
    subject: '综合政务',
  },
  GT: {
    matters: ['国有建设用地使用权出让', '征地补偿安置', '土地利用总体规划调整', '地质灾害防治'],
    doings: ['土地卫片执法检查', '地质灾害巡查', '征地政策宣讲'],
    columns: ['key-land-requisition', 'key-public-resources', 'key-house-expropriation'],
    subject: '国土资源、能源',
  },
  RSLD: {
    matters: ['社会保险缴费基数申报', '事业单位公开招聘', '职业技能培训补贴', '农民工工资支付保障'],
    doings: ['招聘会', '劳动监察', '创业培训班', '社保政策宣传'],
    columns: ['recruitment', 'key-employment', 'key-social-insurance', 'news'],
    subject: '劳动、人事、监察',
  },
  KJ: {
    matters: ['高新技术企业认定', '科技计划项目申报', '知识产权资助', '创新券兑现'],
    doings: ['创新创业大赛', '科技政策宣讲', '众创空间考核', '产学研对接会'],
    columns: ['key-science-funds', 'notices', 'news'],
    subject: '科技、教育',
  },
  CGZF: {
    matters: ['违法建筑查处', '户外广告设置', '生活垃圾分类', '渣土运输管理'],
    doings: ['市容整治', '占道经营整治', '垃圾分类宣传', '违建拆除'],
    columns: ['penalties', 'news', 'key-inspections'],
    subject: '城乡建设、环境保护',
  },
  DQGZ: {
    matters: ['党员教育培训', '文明城市创建', '志愿服务活动', '扶贫挂联'],
    doings: ['主题党日', '创文宣传', '梨花节活动', '扶贫开花洋芋节', '未成年人团辅'],
    columns: ['news', 'key-poverty-relief'],
    subject: '民政、扶贫、救灾',
  },
};
