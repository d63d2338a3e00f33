interface Waiting<Question, Answer> {
  question: Question;
  resolve(answer: Answer): void;
  reject(fault: unknown): void;
}

/**
 * Many questions of one kind as one. Whoever asks by the time a query goes out shares it, and who asks while it runs shares the next:
 * one visitor waits for nobody, and a crowd costs the database little more than one. No answer is older than its question.
 * @param ask gives one answer for each question, in their order
 * @param options.most questions of one query
 * @param options.apart when a shared query fails, each question is asked again alone, so that nobody's spoils another's; false where all
 *   ask the same
 */
export function gather<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  { most = 32, apart = true }: { most?: number; apart?: boolean } = {},
): (question: Question) => Promise<Answer> {
  const waiting: Waiting<Question, Answer>[] = [];
  let running = false;
  let called = false;

  const askNext = () => {
    called = false;
    if (running || waiting.length === 0) return;
    running = true;
    answer(waiting.splice(0, most), () => {
      running = false;
      askNext();
    });
  };

  /** `asked` is called as soon as the database is free for the next, before anybody goes on with an answer. */
  const answer = async (shared: readonly Waiting<Question, Answer>[], asked: () => void) => {
    try {
      const answers = await ask(shared.map(({ question }) => question));
      asked();
      for (const [at, { resolve }] of shared.entries()) resolve(answers[at] as Answer);
    } catch (fault) {
      asked();
      if (apart && shared.length > 1) for (const each of shared) answer([each], () => {});
      else for (const { reject } of shared) reject(fault);
    }
  };

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (running || called) return;
      called = true;
      // Whatever else has come in by now is read first.
      setImmediate(askNext);
    });
}
