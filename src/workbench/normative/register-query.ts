import {
  normativeKinds,
  type RegisterFilter,
  type RegisterPlace,
  validities,
} from '../../areas/catalogue/index.ts';
import { parseDay } from '../../law/index.ts';
import { numberOrNull } from '../items/request.ts';
import { type Given, oneOf } from '../request.ts';

/** What an address asks the register for; what it says wrongly is left out. */
export function readRegisterQuery(given: Given): { filter: RegisterFilter; after: RegisterPlace | null } {
  const kind = oneOf(normativeKinds, given('kind'));
  const [formedOn = '', id = ''] = given('after').split('_');
  const placed = numberOrNull(id);
  return {
    filter: {
      text: given('q').slice(0, 100),
      kind: kind === undefined || kind === 'none' ? null : kind,
      validity: oneOf(validities, given('validity')) ?? null,
      unitId: numberOrNull(given('unit')),
      year: /^(19|20)\d\d$/.test(given('year')) ? Number(given('year')) : null,
    },
    after: placed !== null && parseDay(formedOn) !== null ? { formedOn, id: placed } : null,
  };
}
