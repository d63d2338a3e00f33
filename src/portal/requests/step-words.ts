import type { DraftStep } from '../../areas/requests/index.ts';

/** Each question in plain words: what is asked, why, and what happens then. */
export const stepWords: Readonly<Record<DraftStep, { question: string; lead?: string; why: string }>> = {
  what: {
    question: '您想要哪些政府信息？',
    lead: '请写具体的文件或者数据。咨询、投诉、举报和要求作出解释的，不属于政府信息公开申请，可拨打 12345。',
    why: '《条例》第二十九条要求写明信息的名称、文号，或者便于查找的其他特征。写得越具体，找得越快；写得不清楚的，我们会在 7 个工作日内请您补正一次。',
  },
  public: {
    question: '这些信息已经公开，是您要找的吗？',
    why: '已经公开的信息可以马上查看，不需要申请，也不用等。',
  },
  who: {
    question: '谁提出申请？',
    lead: '公民、法人和其他组织都可以申请，不需要说明与自己有什么关系。',
    why: '年度报告要按申请人类别统计。选哪一类都不影响答复。',
  },
  identity: {
    question: '申请人的姓名或者名称',
    why: '《条例》第二十九条要求提供姓名或者名称和身份证明。这些内容加密保存，只有办理人员可以查看，每次查看都留有记录。',
  },
  delivery: {
    question: '您想怎样取得信息？',
    why: '我们按您选的形式和方式提供；不便按此提供的，会说明并提供其他方式（《条例》第四十条）。',
  },
  contact: {
    question: '怎样联系您？',
    why: '用来确认收到申请、告知补正和送达答复。请至少填写一种，并保持畅通。',
  },
  files: {
    question: '有材料要一起提交吗？',
    lead: '没有可以直接继续。',
    why: '身份证件的照片或者扫描件可以作为身份证明；没有上传的，我们会按您填写的号码核对，必要时请您补充。',
  },
  review: { question: '请核对后提交', why: '' },
};
