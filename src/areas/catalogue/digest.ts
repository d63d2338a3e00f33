import { canonicalJson, sm3 } from '../../ledger/index.ts';
import type { VersionContent } from './model.ts';

/** SM3 of what a version says. */
export function digestOf(version: VersionContent): string {
  const { title, abstract, body, documentNumber, issuingBody, formedOn, keywords, columnId, genre, subject } =
    version;
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
    }),
  );
}
