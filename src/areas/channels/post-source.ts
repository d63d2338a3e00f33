import { canonicalJson, sm3 } from '../../ledger/index.ts';

/** What tells a post that a person reported from every other: the same one by hand and from a file is one. */
export function postSource(
  accountId: number,
  { title, address, postedOn }: { title: string; address: string; postedOn: string },
): string {
  return `post:${sm3(canonicalJson({ account: accountId, title, address, postedOn }))}`;
}
