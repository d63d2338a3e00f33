import { describe, expect, test } from 'vitest';
import { gather } from './gather.ts';

const turn = () => new Promise(setImmediate);

/** Doubles what it is asked; holds each answer back until `answer` is called. */
function openOracle() {
  const asked: number[][] = [];
  const held: (() => void)[] = [];
  return {
    asked,
    ask: (questions: readonly number[]) => {
      asked.push([...questions]);
      return new Promise<number[]>((resolve, reject) => {
        held.push(() =>
          questions.includes(13) ? reject(new Error('not that one')) : resolve(questions.map((n) => n * 2)),
        );
      });
    },
    answer: async () => {
      held.shift()?.();
      await turn();
    },
  };
}

describe('questions of one kind', () => {
  test('that come together are asked together, and each gets its own answer', async () => {
    const { asked, ask, answer } = openOracle();
    const double = gather(ask);
    const answers = Promise.all([double(1), double(2), double(1)]);
    await turn();
    expect(asked).toEqual([[1, 2, 1]]);
    await answer();
    expect(await answers).toEqual([2, 4, 2]);
  });

  test('that come while others are asked share the next one, so that no answer is older than its question', async () => {
    const { asked, ask, answer } = openOracle();
    const double = gather(ask);
    const first = double(1);
    await turn();
    const later = Promise.all([double(2), double(3)]);
    await turn();
    expect(asked).toEqual([[1]]);
    await answer();
    expect(asked).toEqual([[1], [2, 3]]);
    await answer();
    expect([await first, ...(await later)]).toEqual([2, 4, 6]);
    const alone = double(4);
    await turn();
    expect(asked.at(-1)).toEqual([4]);
    await answer();
    expect(await alone).toBe(8);
  });

  test('are asked so many at once and no more, in the order in which they came', async () => {
    const { asked, ask, answer } = openOracle();
    const double = gather(ask, { most: 2 });
    const answers = Promise.all([1, 2, 3, 4, 5].map(double));
    for (let n = 0; n < 3; n++) {
      await turn();
      await answer();
    }
    expect(asked).toEqual([[1, 2], [3, 4], [5]]);
    expect(await answers).toEqual([2, 4, 6, 8, 10]);
  });

  test('fail alone: whoever was asked with them gets an answer', async () => {
    const { asked, ask, answer } = openOracle();
    const double = gather(ask);
    const answers = Promise.allSettled([double(1), double(13), double(2)]);
    await turn();
    const later = double(5);
    for (let n = 0; n < 5; n++) await answer();
    expect(await answers).toEqual([
      { status: 'fulfilled', value: 2 },
      { status: 'rejected', reason: new Error('not that one') },
      { status: 'fulfilled', value: 4 },
    ]);
    expect(asked).toEqual([[1, 13, 2], [5], [1], [13], [2]]);
    expect(await later).toBe(10);
    const alone = expect(double(13)).rejects.toThrow('not that one');
    await turn();
    await answer();
    await alone;
    expect(asked.filter((questions) => questions.length === 1 && questions[0] === 13)).toHaveLength(2);
  });

  test('that are all the same fail together', async () => {
    const { asked, ask, answer } = openOracle();
    const double = gather(ask, { apart: false });
    const answers = Promise.allSettled([double(13), double(13)]);
    await turn();
    await answer();
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked).toEqual([[13, 13]]);
  });

  test('are asked with an error of the asking itself told to each', async () => {
    const double = gather((): Promise<number[]> => {
      throw new Error('no connection');
    });
    const answers = await Promise.allSettled([double(1), double(2)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(double(3)).rejects.toThrow('no connection');
  });
});
