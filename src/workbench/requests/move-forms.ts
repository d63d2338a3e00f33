import type { Move } from '../../areas/requests/index.ts';
import { chargeFeeForm, deliverFeeForm, lapseFeeForm, paymentForm, refundForm } from './fee-forms.tsx';
import { askAssistanceForm, recordAssistanceForm } from './move-assistance.tsx';
import { acceptForm, assignForm, searchForm } from './move-check.tsx';
import {
  archiveForm,
  closeDisputeForm,
  deliveryForm,
  dispatchForm,
  openDisputeForm,
} from './move-closing.tsx';
import { consultationDeliveryForm, consultForm, opinionForm, overruleForm } from './move-consultation.tsx';
import { askCorrectionForm, lapseCorrectionForm, takeCorrectionForm } from './move-correction.tsx';
import { decideExtensionForm, proposeExtensionForm } from './move-extension.tsx';
import type { MoveForm } from './move-form.ts';
import { cancelForm, confirmForm, withdrawForm } from './move-intake.tsx';
import { askReasonsForm, judgeReasonsForm, takeReasonsForm } from './move-reasons.tsx';
import { decideRectificationForm, takeRectificationForm } from './move-rectification.tsx';
import { correctSlipForm } from './move-slip.tsx';
import { splitForm } from './move-split.tsx';
import { publishForm } from './publication-form.tsx';
import { draftForm } from './reply-draft.tsx';
import { legalForm, recallForm, secrecyForm, sendBackForm, signForm, submitForm } from './reply-reviews.tsx';

/** The page of each move. */
const formOf: Readonly<Record<Move, MoveForm>> = {
  confirm: confirmForm,
  cancel: cancelForm,
  accept: acceptForm,
  'ask-correction': askCorrectionForm,
  'take-correction': takeCorrectionForm,
  'lapse-correction': lapseCorrectionForm,
  'ask-reasons': askReasonsForm,
  'take-reasons': takeReasonsForm,
  'judge-reasons': judgeReasonsForm,
  split: splitForm,
  assign: assignForm,
  'record-search': searchForm,
  consult: consultForm,
  'record-opinion': opinionForm,
  'ask-assistance': askAssistanceForm,
  'record-assistance': recordAssistanceForm,
  'propose-extension': proposeExtensionForm,
  'decide-extension': decideExtensionForm,
  'charge-fee': chargeFeeForm,
  'deliver-fee': deliverFeeForm,
  'record-payment': paymentForm,
  'lapse-fee': lapseFeeForm,
  'refund-fee': refundForm,
  'draft-reply': draftForm,
  'submit-reply': submitForm,
  'recall-reply': recallForm,
  'review-legal': legalForm,
  'review-secrecy': secrecyForm,
  sign: signForm,
  'send-back': sendBackForm,
  overrule: overruleForm,
  dispatch: dispatchForm,
  'record-delivery': deliveryForm,
  'correct-slip': correctSlipForm,
  'take-rectification': takeRectificationForm,
  'decide-rectification': decideRectificationForm,
  withdraw: withdrawForm,
  publish: publishForm,
  'open-dispute': openDisputeForm,
  archive: archiveForm,
};

/** Every form, those of moves with a second page included. */
export const moveForms: readonly MoveForm[] = [
  ...Object.values(formOf),
  consultationDeliveryForm,
  closeDisputeForm,
];

export const movePath = (move: Move): string => formOf[move].path;
