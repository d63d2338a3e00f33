import { registerLabels } from '../../ledger/index.ts';

export {
  composeLetter,
  deliverLetter,
  dispatchLetter,
  disposeLetters,
  issueLetter,
  lettersOf,
  readLetter,
  voidLetter,
} from './actions.ts';
export { type BundledFile, type CaseBundle, caseBundle } from './bundle.ts';
export { type LetterContent, printedCode, readCode } from './content.ts';
export { type CorrectedSlip, correctSlip, keepArrivalBefore } from './correction-actions.ts';
export { type FieldKey, fields, type LetterFields } from './fields.ts';
export { draftFile, type LetterFile, type LetterHost, letterFile, sheetFile } from './files.ts';
export { fieldsOf, type LetterKind, letterKinds, type Series, series } from './kinds.ts';
export type { ComposedLetter, LetterOrder, LetterText, Recipient } from './letter-text.ts';
export type {
  DeliveryOrder,
  Dispatch,
  DispatchOrder,
  LetterCtx,
  LetterEntry,
  LetterState,
  SlipBefore,
} from './model.ts';
export { previewTemplate } from './preview.ts';
export { type ApplicationForm, applicationForm, type ReceiptSheet, receiptSheet } from './print/forms.ts';
export type { Sheet, SheetBlock } from './print/printable.ts';
export { type LetterPrinting, openLetterPrinting } from './printing/index.ts';
export {
  letterNumbered,
  type RegisteredLetter,
  registerPage,
  type SeriesCount,
  seriesOf,
  yearsOfLetters,
} from './register-store.ts';
export { letterSealedTables } from './sealed.ts';
export { type LetterSettings, letterSettingsOf } from './settings.ts';
export { changeLetterSettings } from './settings-form.ts';
export { letterByCode, type VerifiedLetter } from './store.ts';
export { currentWording, editTemplate, restoreTemplate, wordingOf } from './template-actions.ts';
export { changedTemplates, type TemplateVersion, versionsOf } from './template-store.ts';
export { defaultWording, templateKeys, templateLabel, templateOf, type Wording } from './templates/index.ts';

registerLabels({
  acts: {
    'letters.issue': '签发文书',
    'letters.dispatch': '发出文书',
    'letters.deliver': '登记送达',
    'letters.correct': '更正发出、送达登记',
    'letters.void': '作废文书',
    'letters.print': '生成文书文件',
    'letters.dispose': '处置文书内容',
    'letters.edit-template': '修改文书模板',
    'letters.restore-template': '恢复默认模板',
  },
  subjects: {
    letter: { label: '文书' },
    'letter-template': {
      label: '文书模板',
      href: (key) => `/workbench/letters/templates/${encodeURIComponent(key)}`,
    },
  },
  fields: {
    number: '发文字号',
    requestId: '申请件',
    formId: '申请表',
    replyCode: '答复类型',
    issuedOn: '成文日期',
    method: '送达方式',
    attempt: '第几次发出',
    letters: '文书',
    body: '正文',
    sentOn: '发出日期',
    deliveredOn: '送达日期',
    sha256: '文件摘要（SHA-256）',
    sm3: '文件摘要（SM3）',
  },
});
