import { type Item, normativeKinds, type Version } from './model.ts';

/** What is shown of an item where it is found. Pure. */
export const shownText = ({ abstract, plain }: Pick<Version, 'abstract' | 'plain'>): string =>
  abstract === '' ? plain : `${abstract}\n${plain}`;

/** What an item is, by whom and about what, in the words of its metadata: people look for these too. Pure. */
export function natureText(
  of: Pick<Version, 'issuingBody' | 'keywords' | 'subject' | 'normative'> & Pick<Item, 'genre'>,
): string {
  const normative = of.normative === 'none' ? '' : normativeKinds[of.normative];
  return [of.issuingBody, ...of.keywords, of.genre, of.subject, normative].join('\n');
}
