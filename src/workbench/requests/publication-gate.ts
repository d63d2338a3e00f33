import type { DemandReleased } from '../../areas/requests/index.ts';
import { Refusal } from '../../core/refusal.ts';

/** No file goes out to everybody that has not passed the release gate. */
export const demandReleased: DemandReleased = async (_ctx, _requestId, fileIds) => {
  if (fileIds.length > 0) throw new Refusal('requests-unreleased', '附件须先通过放行检查，才能一并公开。');
};
