import { cellKey } from '../../annual-report/compile.ts';
import type { RequestYear, Values } from './own-requests.ts';
import type { Random } from './random.ts';

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** The table of reports on 2014 to 2018, rows that total others left out; amounts in 元. */
export function statisticsCells(random: Random, size: number, requests: RequestYear): Values {
  const cells: Values = {};
  const put = (row: string, value: number) => {
    cells[cellKey('statistics', row, 'value')] = value;
  };
  const putAll = (first: string, values: readonly number[]) => {
    for (const [index, value] of values.entries()) put(`${first}.${index + 1}`, value);
  };
  const items = random.around(size * 60) + 20;
  const channels = random.share(items, [2, 55, 18, 17, 8]);
  // Some information goes out through several channels: each channel counts it, the total once.
  channels[1]! += Math.min(random.int(1, 12), items - channels[1]!);
  put('1.1', items);
  putAll('1.2', channels);
  const documents = random.around(size * 0.12);
  put('1.1.1', documents);
  put('1.1.2', documents + (random.chance(0.3) ? 1 : 0));

  const events = random.around(size * 0.8) + 1;
  const [byPhone, bySocial] = random.share(events, [40, 60]) as [number, number];
  const conferences = random.around(size * 0.1);
  const interviews = random.around(size * 0.08);
  put('2.1', events);
  put('2.2.1', conferences);
  put('2.2.1.1', random.int(0, conferences));
  put('2.2.2', interviews);
  put('2.2.2.1', random.int(0, interviews));
  put('2.2.3', random.around(size * 1.3) + events);
  put('2.2.4', bySocial);
  put('2.2.5', byPhone);

  putAll('3.1', random.share(sum(requests.received), [20, 1, 60, 19]));
  const concluded = sum(requests.received) + sum(requests.carriedIn) - sum(requests.carriedOut);
  putAll('3.2', random.share(concluded, [93, 7]));
  const replies = random.share(concluded, [22, 38, 6, 6, 12, 10, 2, 4]);
  for (const [index, value] of replies.entries()) if (index !== 3) put(`3.3.${index + 1}`, value);
  putAll('3.3.4', random.share(replies[3]!, [1, 2, 3, 1, 2, 2]));

  const [reconsiderations = [], lawsuits = []] = requests.remedies;
  putAll('4', reconsiderations.slice(0, 3));
  putAll('5', lawsuits.slice(0, 3));
  put('6', random.chance(0.2) ? random.int(1, 3) : 0);
  put('7', 0);

  const trainings = random.around(size * 0.12) + 1;
  put('8.1', 1);
  put('8.2', random.around(size * 0.1) + 1);
  put('8.3.1', random.around(size * 0.08) + 1);
  put('8.3.2', random.around(size * 0.2) + 1);
  put('8.4', random.around(size) * 3500);
  put('9.1', random.around(size * 0.15) + 1);
  put('9.2', trainings);
  put('9.3', trainings * random.int(18, 60));
  return cells;
}
