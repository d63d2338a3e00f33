import { systemClock } from '../../core/clock.ts';
import { checkNumber, type NumberKind, numberKinds } from '../../law/index.ts';
import {
  BAD_INPUT,
  type Command,
  DONE,
  FOUND_WRONG,
  readOptions,
  suggestion,
  UsageError,
} from '../command.ts';
import { FieldFaults, readWord, shown } from '../fields.ts';
import { answerLines, type Line, unknownFields } from '../json-lines.ts';
import { table } from '../table.ts';

const help = `
用法：gongkai id check VALUE… [--kind K] [--json]
      gongkai id check --file F

核对号码的格式和校验位。有一个不对，退出码为 1。

  --kind K   号码种类；不写则按样式判断
${Object.entries(numberKinds)
  .map(([kind, label]) => `             ${kind.padEnd(16)} ${label}`)
  .join('\n')}
  --file F   逐行核对：F 为 JSON Lines，每行如 {"value":"国办发〔2016〕80号"}，可带 kind;- 为标准输入
  --json     输出一个 JSON 数组

例：gongkai id check 91350100M000100Y43 '国办发[2016]80号'
`;

interface Verdict {
  value: string;
  kind: NumberKind | null;
  valid: boolean;
  problem: string | null;
  normalised: string;
}

export const command: Command = {
  name: 'id',
  help,
  async run(args, io) {
    const { values, positionals } = readOptions(args, {
      kind: { type: 'string' },
      file: { type: 'string' },
      json: { type: 'boolean' },
    });
    const [action, ...numbers] = positionals;
    if (action !== 'check') {
      throw new UsageError([
        action === undefined
          ? '缺少动作：应写成 gongkai id check VALUE…'
          : `${action}：没有这个动作${suggestion(action, ['check'])}`,
      ]);
    }
    const kind = wantedKind(values.kind);
    if (values.file !== undefined) {
      if (numbers.length > 0) throw new UsageError(['--file：不能与直接写出的号码同用']);
      let wrong = false;
      const code = await answerLines(
        values.file,
        io,
        (line) => {
          const verdict = verdictOfLine(line, kind);
          wrong ||= !verdict.valid;
          return verdict;
        },
        (verdict, out) => out.text(JSON.stringify(verdict)),
      );
      return code === BAD_INPUT ? code : wrong ? FOUND_WRONG : DONE;
    }
    if (numbers.length === 0) throw new UsageError(['缺少要核对的号码：应写成 gongkai id check VALUE…']);
    const verdicts = numbers.map((value) => verdictOf(value, kind));
    io.stdout(values.json ? `${JSON.stringify(verdicts)}\n` : forPeople(verdicts));
    return verdicts.every(({ valid }) => valid) ? DONE : FOUND_WRONG;
  },
};

function verdictOfLine(line: Line, kind: NumberKind | null): Verdict {
  const faults = new FieldFaults('', unknownFields(line, ['value', 'kind']));
  if (typeof line.value !== 'string') faults.add('value', `应为文字，收到“${shown(line.value ?? null)}”`);
  const own = readWord(line.kind, 'kind', numberKinds, faults);
  if (faults.lines.length > 0) throw new UsageError(faults.lines);
  return verdictOf(line.value as string, own ?? kind);
}

function verdictOf(text: string, wanted: NumberKind | null): Verdict {
  const { kind, valid, problem, value } = checkNumber(text, systemClock.today(), wanted);
  return { value: text, kind, valid, problem, normalised: value };
}

function wantedKind(text: string | undefined): NumberKind | null {
  const faults = new FieldFaults('--');
  const kind = readWord(text, 'kind', numberKinds, faults);
  if (faults.lines.length > 0) throw new UsageError(faults.lines);
  return kind ?? null;
}

function forPeople(verdicts: Verdict[]): string {
  return table(
    ['号码', '种类', '结果'],
    verdicts.map(({ value, kind, valid, problem, normalised }) => [
      value,
      kind === null ? '-' : numberKinds[kind],
      valid ? (normalised === value ? '正确' : `正确，规范写法为 ${normalised}`) : `不正确：${problem}`,
    ]),
  );
}
