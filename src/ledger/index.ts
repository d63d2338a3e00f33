export {
  actBySeq,
  actsBetween,
  actsOf,
  actsOnAll,
  actsPage,
  type LedgerFilter,
  lastActBy,
  type TimelineAct,
} from './acts-store.ts';
export { type AnchorFile, readAnchorFile } from './anchor-file.ts';
export { anchorsPage, type PublishedAnchor } from './anchor-store.ts';
export { type Anchoring, anchorHeads } from './anchors.ts';
export { canonicalJson, GENESIS, sm3 } from './chain.ts';
export { type Difference, differences } from './difference.ts';
export { type ExportHeader, exportLedger } from './export.ts';
export { anchorMovedHeads, ledgerJobs, VERIFY_LEDGER } from './jobs.ts';
export {
  actLabel,
  knownActs,
  knownSubjects,
  type RoomLabels,
  registerLabels,
  subjectHref,
  subjectLabel,
} from './labels.ts';
export { type Act, holdChain, record } from './record.ts';
export { type Chain, chains, headSeq, type LedgerEntry } from './store.ts';
export {
  requestVerification,
  runVerification,
  type Verification,
  verifications,
} from './verifications.ts';
export {
  type ChainVerification,
  type LedgerVerification,
  type Problem,
  problemWords,
  verifyLedger,
} from './verify.ts';
