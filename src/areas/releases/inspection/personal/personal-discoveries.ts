import type { Temporal } from 'temporal-polyfill';
import { type PersonalDatum, personalData } from '../../../../law/index.ts';
import type { Discovery } from '../finding.ts';
import { fewOf } from '../masking.ts';

/** One piece of text with the name of the place that people know it by, e.g. `C2`; '' when the part says it all. */
export interface PlacedText {
  label: string;
  text: string;
}

/**
 * What the texts of one part tell of persons: one discovery for each kind. `mend` gets the kind to mask in this part;
 * without it the part cannot be changed.
 */
export function personalDiscoveries(
  part: { at: string; place: string },
  texts: Iterable<PlacedText>,
  today: Temporal.PlainDate,
  mend?: (kind: PersonalDatum['kind']) => void,
): Discovery[] {
  const found = new Map<string, { datum: PersonalDatum; count: number; evidence: Set<string> }>();
  for (const { label, text } of texts) {
    for (const datum of personalData(text, today)) {
      const key = `${datum.kind}${datum.harmless ? ':harmless' : ''}`;
      const entry = found.get(key) ?? { datum, count: 0, evidence: new Set<string>() };
      entry.count += 1;
      if (entry.evidence.size < 20)
        entry.evidence.add(label === '' ? datum.masked : `${label} ${datum.masked}`);
      found.set(key, entry);
    }
  }
  return [...found].map(([key, { datum, count, evidence }]) => ({
    kind: datum.kind,
    at: key.endsWith(':harmless') ? `${part.at}:harmless` : part.at,
    place: part.place,
    count,
    evidence: fewOf(evidence),
    severity: datum.harmless ? 'notice' : undefined,
    mend: mend && (() => mend(datum.kind)),
  }));
}
