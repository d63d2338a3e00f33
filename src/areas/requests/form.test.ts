import { describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { aForm, applicant, openOffice } from '../../../tests/support/requests.ts';
import { registerForm } from './index.ts';

const { db } = await freshDatabase();
const office = await openOffice(db);
const officer = (on: string) => office.as('disclosure-officer', on);

describe('what a form may say', () => {
  test.each([
    ['a day in the future', { submittedOn: '2023-03-02' }, 'submittedOn', '晚于今天'],
    ['a Sunday at the counter', { submittedOn: '2023-02-26' }, 'submittedOn', '休息日'],
    ['a day before the Regulation', { submittedOn: '2008-04-30' }, 'submittedOn', '2008年5月1日'],
    ['no day at all', { submittedOn: '2023-02-30' }, 'submittedOn', '日历上有'],
    [
      'a confirmation before the arrival',
      { channel: 'fax' as const, submittedOn: '2023-03-01', confirmedOn: '2023-02-28' },
      'confirmedOn',
      '早于',
    ],
    [
      'a number with a wrong check digit',
      { applicant: { ...applicant, identityNumber: '110105194912310021' } },
      'identityNumber',
      '校验码',
    ],
    [
      'a code with a wrong check digit',
      {
        applicant: {
          ...applicant,
          kind: 'company' as const,
          identityKind: 'uscc' as const,
          identityNumber: '91350100M000100Y44',
        },
      },
      'identityNote',
      '写明理由',
    ],
    [
      'a malformed code',
      {
        applicant: {
          ...applicant,
          kind: 'company' as const,
          identityKind: 'uscc' as const,
          identityNumber: '91350100I000100Y4',
        },
      },
      'identityNumber',
      '18位',
    ],
  ])('%s is refused beside its field', async (_what, more, field, words) => {
    await expect(registerForm(officer('2023-03-01'), aForm(more))).rejects.toMatchObject({
      fields: { [field]: expect.stringContaining(words) },
    });
  });

  test('an early code with a wrong check digit is taken with a reason', async () => {
    const company = {
      ...applicant,
      kind: 'company' as const,
      identityKind: 'uscc' as const,
      identityNumber: '91350100M000100Y44',
    };
    await registerForm(
      officer('2023-03-01'),
      aForm({ applicant: { ...company, identityNote: '证照上的校验位如此' } }),
    );
  });
});
