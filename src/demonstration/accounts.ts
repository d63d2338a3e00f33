/** Accounts shown at start and on the sign-in page, with what each is for. */
export const demonstrationAccounts = [
  { username: 'zhuanyuan', does: '信息公开专员：汇编、撰写、发布年度报告，审核填报' },
  { username: 'jianzhi02', does: '窗口人员：登记申请、发出答复' },
  { username: 'jianzhi03', does: '承办人：检索、征求意见、起草答复' },
  { username: 'fabu01', does: '信息发布员：填报本部门数据' },
  { username: 'shenhe', does: '部门负责人：内容审核' },
  { username: 'baomi', does: '保密审查员：保密审查' },
  { username: 'lingdao', does: '领导：签发' },
  { username: 'shenji', does: '审计员：查阅操作台账' },
  { username: 'guanli', does: '系统管理员：机构、人员、日历' },
  { username: 'shengban', does: '示例省公开办专员：接收、核查全省报送的 200 份年报' },
  { username: 'shengdu', does: '示例省公开办督查员：要求更正、跟踪整改' },
  { username: 'apzhuanyuan', does: '示例市安平区信息公开专员：依申请公开五百件，审查、补正、收费' },
  { username: 'apchuangkou', does: '安平区窗口人员：登记、发出答复' },
  { username: 'apchengban', does: '安平区承办人：检索、征求意见、起草答复' },
  { username: 'apshenhe', does: '安平区法规科：合法性审核' },
  { username: 'aplingdao', does: '安平区领导：批准延期、签发答复' },
] as const;
