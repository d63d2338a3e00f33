import { describe, expect, test } from 'vitest';
import { clockAt } from '../../src/core/clock.ts';
import { openDesk } from '../support/desk.ts';

const desk = await openDesk({}, clockAt('2024-12-31'));
const officer = await desk.signedIn('disclosure-officer');

/** Day received, and the last day for the reply, as the law document works them out. */
const examples = [
  ['2018-02-05', '2018年3月1日'],
  ['2018-09-20', '2018年10月17日'],
  ['2018-12-24', '2019年1月15日'],
  ['2019-01-28', '2019年2月21日'],
  ['2019-05-14', '2019年6月4日'],
  ['2019-05-15', '2019年6月13日'],
  ['2019-09-20', '2019年10月23日'],
  ['2020-01-17', '2020年2月21日'],
  ['2020-09-21', '2020年10月23日'],
  ['2021-02-05', '2021年3月10日'],
  ['2021-09-10', '2021年10月14日'],
  ['2022-01-24', '2022年2月24日'],
  ['2022-12-26', '2023年1月29日'],
  ['2023-01-16', '2023年2月16日'],
  ['2023-09-25', '2023年10月27日'],
  ['2024-02-10', '2024年3月14日'],
  ['2024-09-13', '2024年10月17日'],
] as const;

describe('the worked examples of the law, registered at the desk', () => {
  test.each(examples)('received %s: due %s', async (submittedOn, due) => {
    // Signed post: it can arrive on a day off, as one example has it.
    const registered = await officer.post('/workbench/requests/new', {
      source: 'signed-post',
      submittedOn,
      kind: 'natural-person',
      name: `王${submittedOn.replaceAll('-', '')}`,
      identityKind: 'resident',
      identityNumber: '',
      title: `${submittedOn}收到的申请`,
      content: '请公开当日收到的文件。',
      wantedForm: 'paper',
      deliveryWay: 'post',
      submissionKey: `example-of-${submittedOn}`,
    });
    expect(registered.status, registered.body.slice(0, 3000)).toBe(303);
    const receipt = await officer.get(String(registered.headers.location));
    expect(receipt.body).toContain(due);
  });
});
