import type { SealedRow, SealedTable } from '../../core/vault/index.ts';

/** Under which context a part of a letter is sealed. */
export const contentContext = (
  agencyId: number,
  code: string,
  part: 'content' | 'pdf' | 'delivered-to' | 'void' = 'content',
): string => `letter/${agencyId}/${code}/${part}`;

export const trackingContext = (agencyId: number, letterId: number, attempt: number): string =>
  `letter-dispatch/${agencyId}/${letterId}/${attempt}`;

export const correctionContext = (agencyId: number, letterId: number, number: number): string =>
  `letter-correction/${agencyId}/${letterId}/${number}`;

const ofLetter = (part: Parameters<typeof contentContext>[2]) => (row: SealedRow) =>
  contentContext(Number(row.agency_id), String(row.code), part);

/** Where letters keep sealed values and files, for a change of keys. */
export const letterSealedTables: readonly SealedTable[] = [
  {
    table: 'letters',
    key: ['agency_id', 'id'],
    texts: {
      content: ofLetter('content'),
      delivered_to: ofLetter('delivered-to'),
      void_reason: ofLetter('void'),
    },
    files: { pdf_file: ofLetter('pdf') },
  },
  {
    table: 'letter_dispatches',
    key: ['agency_id', 'letter_id', 'attempt'],
    texts: {
      tracking_number: (row) =>
        trackingContext(Number(row.agency_id), Number(row.letter_id), Number(row.attempt)),
    },
  },
  {
    table: 'letter_corrections',
    key: ['agency_id', 'letter_id', 'number'],
    texts: {
      reason: (row) => correctionContext(Number(row.agency_id), Number(row.letter_id), Number(row.number)),
    },
  },
];
