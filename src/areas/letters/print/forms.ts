import type { Sheet, SheetBlock } from './printable.ts';

/** What the 申请表 shows; every value in words, empty where nothing was given. */
export interface ApplicationForm {
  agency: string;
  number: string;
  /** Civil date it was handed in. */
  submittedOn: string;
  submittedText: string;
  receivedText: string;
  channel: string;
  oral: boolean;
  applicant: {
    kind: string;
    name: string;
    identity: string;
    representative: string;
    contactPerson: string;
    phone: string;
    email: string;
    address: string;
    postcode: string;
  };
  content: string;
  purpose: string;
  wantedForm: string;
  deliveryWay: string;
  feeWaiver: boolean;
  needsHelp: string;
  attachments: readonly string[];
}

/** 政府信息公开申请表, as it was filled in and to be signed where it was taken down by the office. */
export function applicationForm(form: ApplicationForm): Sheet {
  const { applicant } = form;
  const natural = applicant.representative === '' && applicant.contactPerson === '';
  return {
    agency: form.agency,
    title: '政府信息公开申请表',
    on: form.submittedOn,
    foot: `申请编号 ${form.number}`,
    blocks: [
      {
        kind: 'facts',
        heading: '申请人',
        rows: [
          { label: '申请编号', value: form.number },
          { label: '申请人类别', value: applicant.kind },
          { label: natural ? '姓名' : '名称', value: applicant.name, wide: true },
          { label: '证件', value: applicant.identity, wide: true },
          ...(natural
            ? []
            : [
                { label: '法定代表人', value: applicant.representative },
                { label: '联系人', value: applicant.contactPerson },
              ]),
          { label: '联系电话', value: applicant.phone },
          { label: '电子邮箱', value: applicant.email },
          { label: '通信地址', value: applicant.address, wide: true },
          { label: '邮政编码', value: applicant.postcode },
          {
            label: '申请渠道',
            value: form.oral ? `${form.channel}（口头申请，由本机关代填）` : form.channel,
          },
        ],
      },
      {
        kind: 'facts',
        heading: '所需政府信息',
        rows: [
          { label: '内容描述', value: form.content, wide: true },
          ...(form.purpose === '' ? [] : [{ label: '用途', value: form.purpose, wide: true }]),
          { label: '提供方式', value: form.wantedForm },
          { label: '获取途径', value: form.deliveryWay },
          ...(form.feeWaiver ? [{ label: '减免费用', value: '申请减免', wide: true }] : []),
          ...(form.needsHelp === '' ? [] : [{ label: '需要的帮助', value: form.needsHelp, wide: true }]),
          { label: '随附材料', value: form.attachments.join('\n') || '无', wide: true },
        ],
      },
      {
        kind: 'facts',
        heading: '收到申请',
        rows: [
          { label: '提交日期', value: form.submittedText },
          { label: '收到申请之日', value: form.receivedText },
        ],
      },
      { kind: 'signature', places: ['申请人签名或者盖章：', '日期：　　　年　　月　　日'] },
    ],
  };
}

/** What the applicant takes home. It holds the query code, so it is printed on demand and kept nowhere. */
export interface ReceiptSheet {
  agency: string;
  number: string;
  queryCode: string;
  /** Where the request is followed; printed as a QR picture too, so it must not hold the code. */
  trackAddress: string;
  submittedOn: string;
  submittedText: string;
  /** Null while both sides have not confirmed. */
  receivedText: string | null;
  /** Null while no limit runs. */
  dueText: string | null;
  applicant: string;
  channel: string;
  content: string;
  deliveryWay: string;
  contact: string;
}

/** 受理回执 with number, query code and QR picture. */
export function receiptSheet(receipt: ReceiptSheet): Sheet {
  const code: SheetBlock = {
    kind: 'code',
    heading: '查询办理进度',
    address: receipt.trackAddress,
    alt: '查询办理进度的二维码',
    large: `查询码：${receipt.queryCode}`,
    paragraphs: [
      `扫描二维码，或者登录 ${receipt.trackAddress}，输入申请编号和查询码。`,
      '查询码是查询进度和领取答复的凭证，请妥善保管，不要告诉他人。',
    ],
  };
  return {
    agency: receipt.agency,
    title: '政府信息公开申请受理回执',
    on: receipt.submittedOn,
    foot: `申请编号 ${receipt.number}`,
    blocks: [
      {
        kind: 'facts',
        rows: [
          { label: '申请编号', value: receipt.number },
          { label: '申请人', value: receipt.applicant },
          { label: '提交日期', value: receipt.submittedText },
          { label: '申请渠道', value: receipt.channel },
          { label: '收到申请之日', value: receipt.receivedText ?? '待双方确认，确认之日起计算期限' },
          { label: '答复期限', value: receipt.dueText ?? '确认后计算' },
          { label: '获取途径', value: receipt.deliveryWay, wide: true },
          { label: '申请内容', value: receipt.content, wide: true },
        ],
      },
      code,
      {
        kind: 'text',
        heading: '说明',
        paragraphs: [
          '能够当场答复的，本机关当场答复；不能当场答复的，在答复期限前书面答复。依法需要补正、征求意见或者延长期限的，将另行书面告知。',
          ...(receipt.contact === '' ? [] : [`联系方式：${receipt.contact}`]),
        ],
      },
    ],
  };
}
