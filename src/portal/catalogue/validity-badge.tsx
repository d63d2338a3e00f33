import { validities } from '../../areas/catalogue/index.ts';
import { Badge, type Tone } from '../../ui/index.ts';

type Validity = keyof typeof validities;

/** Red is kept for what is overdue: what is no longer in force is told in amber. */
const tones: Readonly<Record<Validity, Tone>> = {
  'in-force': 'success',
  amended: 'info',
  repealed: 'warning',
  expired: 'warning',
};

export function ValidityBadge({ validity }: { validity: Validity }) {
  return <Badge tone={tones[validity]}>{validities[validity]}</Badge>;
}
