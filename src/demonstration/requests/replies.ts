import { emptyReply, type ReplyContent } from '../../areas/requests/index.ts';
import type { Matter } from './model.ts';

const reasons: Readonly<Record<string, string>> = {
  A3: '文件中含有自然人的住址和联系电话，公开会损害其隐私。',
  'A4.1': '该文件经依法定密，密级为秘密，尚未解密。',
  'A4.2': '该文件载有第三方的成本和报价明细，书面征求意见后第三方不同意公开。',
  'A4.3': '该名册载有自然人的身份和家庭情况，书面征求意见后权利人不同意公开。',
  'A4.4': '该方案载有重点部位的安全防范部署，公开会影响社会稳定。',
  'A4.5': '该材料是行政机关内部讨论的过程性意见，不是《条例》所指的政府信息。',
  'A4.6': '档案法律法规对该材料的开放另有规定，目前不在开放范围。',
  A5: '经核查，该信息由市级主管部门制作和保存。',
  A6: '经检索本机关办公系统和档案室，未发现该信息，本机关没有制作过。',
  A7: '申请没有写明所需文件的名称、文号或者时间，无法确定所指的政府信息。',
  A8: '申请事项实为对一项行政处理提出异议，应当通过法定途径解决。',
  B2: '文件中含有自然人的住址和联系电话，公开会损害其隐私。',
  'B3.1': '该文件经依法定密，密级为秘密，尚未解密。',
  'B3.2': '统计法禁止公开能够识别单个统计调查对象身份的资料。',
  'B3.3': '该方案载有重点部位的安全防范部署，公开会危及公共安全。',
  'B3.4': '该文件载有第三方的成本和报价明细，公开会损害其竞争地位。',
  'B3.5': '该材料是本机关人事和后勤管理的内部记录，不直接影响公众权利义务。',
  'B3.6': '该材料是决策过程中的讨论记录和请示，最终文件已经公开。',
  'B3.7': '该材料是行政执法案卷的一部分，法律法规没有规定应当公开。',
  'B3.8': '不动产登记资料的查询由不动产登记法规另行规定。',
  'B4.1': '经检索本机关办公系统和档案室，本机关没有制作或者保存该信息。',
  'B4.2': '本机关没有按申请的口径汇总过数据，需要重新加工、分析。',
  'B4.3': '补正后的申请仍未写明所需信息的名称、文号或者其他特征。',
  'B5.1': '申请的内容是对工作人员的投诉，没有指向具体的政府信息。',
  'B5.2': '本机关此前已就同一内容作出答复，情况没有变化。',
  'B5.3': '申请的内容是公开出版的地方年鉴。',
  'B5.4': '申请人短期内就同一类事项反复提出申请，说明的理由不合理。',
  'B5.5': '申请人要求本机关对已经取得的复印件重新盖章确认。',
  'B6.1': '补正告知书已经送达，补正期限届满，申请人没有补正。',
  'B6.2': '收费通知书已经送达，缴费期限届满，申请人没有缴费。',
  'B6.3': '该申请与另一件申请由同一申请人重复提交，经申请人同意并案办理。',
};

const told: Readonly<Record<string, string>> = {
  A1: '登录安平区人民政府门户网站“政府信息公开”专栏查阅。',
  A2: '随本答复书邮寄纸质复印件。',
  A5: '示例市自然资源局，电话0999-0000000。',
  A7: '请写明所需文件的名称、文号或者形成的时间。',
  A8: '可以依法申请行政复议或者提起行政诉讼。',
  'B1.1': '登录安平区人民政府门户网站“政府信息公开”专栏查阅。',
  'B1.2': '随本答复书邮寄纸质复印件。',
  'B3.8': '持有效身份证件到示例市不动产登记中心申请查询。',
  'B4.1': '示例市自然资源局，电话0999-0000000。',
  'B5.1': '安平区信访局，电话0999-0000001。',
  'B5.3': '《安平年鉴》，可到安平区图书馆查阅。',
  'B5.4': '近三个月内提交申请四十余件',
};

/** What the reply to this matter says: everything that its kind needs. */
export function inventReply(matter: Matter): ReplyContent {
  const { result, title, consultation, answeredBefore } = matter;
  const partial = ['A3', 'B2'].includes(result);
  const disclosed = partial || ['A2', 'B1.2'].includes(result);
  const refused = /^(A4|B3)/.test(result);
  const overruled = setsAside(matter);
  return {
    ...emptyReply,
    reason: reasons[result] ?? '',
    told: result === 'B5.2' ? (answeredBefore ?? '本机关此前作出的答复书') : (told[result] ?? ''),
    provided: disclosed ? `《${title}》复印件` : '',
    withheld: partial ? '自然人的姓名、住址、联系电话和银行账号。' : '',
    harm: refused ? '公开后会损害受保护的利益，且不能作区分处理。' : '',
    objected: !partial || consultation === null ? '' : overruled ? 'given' : 'kept',
    publicInterest: overruled
      ? '该信息关系公共资金的使用和周边居民的切身利益，不公开会对公共利益造成重大影响。'
      : '',
  };
}

/** Whether the reply hands out what a third party objects to; a partial answer may keep it back. */
export function setsAside({ result, consultation }: Matter): boolean {
  const opinion = consultation?.opinion;
  return ['A2', 'B1.2'].includes(result)
    ? opinion === 'disagree' || opinion === 'partly'
    : ['A3', 'B2'].includes(result) && opinion === 'disagree';
}
