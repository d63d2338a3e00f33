import { canonicalJson, sm3 } from '../../ledger/index.ts';
import type { VersionContent } from './model.ts';

/** SM3 of what a version says. What came to versions later counts only where it is filled in: earlier digests stand. */
export function digestOf(version: VersionContent): string {
  const { title, abstract, body, documentNumber, issuingBody, formedOn, keywords, columnId, genre, subject } =
    version;
  const { furtherColumns, interpretationPlan, interprets } = version;
  return sm3(
    canonicalJson({
      title,
      abstract,
      body,
      documentNumber,
      issuingBody,
      formedOn,
      keywords: [...keywords],
      columnId,
      genre,
      subject,
      ...(furtherColumns.length > 0 && { furtherColumns: [...furtherColumns] }),
      ...(interpretationPlan !== '' && { interpretationPlan }),
      ...(interprets.length > 0 && { interprets: [...interprets] }),
    }),
  );
}
