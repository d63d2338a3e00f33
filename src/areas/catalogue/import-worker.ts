import type { SheetRecord } from '../../core/spreadsheet/index.ts';
import { answerOrders } from '../../core/threads/program.ts';
import { type ImportSetting, prepareChunk } from './import-preparing.ts';

export interface PrepareOrder {
  records: readonly SheetRecord[];
  setting: ImportSetting;
}

/** What runs in the threads of an import. */
answerOrders(async ({ records, setting }: PrepareOrder) => prepareChunk(records, setting));
