import { shippedCalendar } from '../../core/calendar-data.ts';
import { timeLimits } from '../../law/index.ts';
import { byteSink } from '../byte-sink.ts';
import { type Command, DONE, readOptions, UsageError } from '../command.ts';
import { deadlineWriter, forPeople, workOut } from '../deadline-answer.ts';
import { answerLines } from '../json-lines.ts';

const kindHelp = Object.entries(timeLimits)
  .map(([kind, { label }]) => `                 ${kind.padEnd(34)} ${label}`)
  .join('\n');

const help = `
用法：gongkai deadline --received D [选项]
      gongkai deadline --file F [--no-days]

法定期限及其依据，逐日说明。日期一律写成 YYYY-MM-DD。不需要数据库。

  --received D     提交或者起算的日期
  --channel C      提交渠道：in-person 当面、signed-post 签收邮寄、ordinary-post 平常信函、
                   fax 传真、internet 网络、email 电子邮件
  --confirmed D    双方确认的日期；平常信函、传真、网络以确认之日为收到之日，不写则视为当日确认
  --extend N       延长答复的工作日数
  --suspend D..D   征求意见所用时间：发出之日（不含）至收到意见之日（含）；可写多次
  --kind K         期限种类，默认 reply
${kindHelp}
  --limit N        改按 N 个工作日计算
  --file F         逐行计算：F 为 JSON Lines，每行如 {"received":"2018-02-05","channel":"internet"},
                   字段与选项同名，suspend 可写成数组；- 为标准输入
  --no-days        输出 JSON 时不带逐日说明，数量很大时更快
  --json           输出一个 JSON 值

例：gongkai deadline --received 2018-02-05 --extend 15
`;

export const command: Command = {
  name: 'deadline',
  help,
  async run(args, io) {
    const { values, positionals } = readOptions(args, {
      received: { type: 'string' },
      channel: { type: 'string' },
      confirmed: { type: 'string' },
      extend: { type: 'string' },
      suspend: { type: 'string', multiple: true },
      kind: { type: 'string' },
      limit: { type: 'string' },
      file: { type: 'string' },
      json: { type: 'boolean' },
      'no-days': { type: 'boolean' },
    });
    if (positionals.length > 0) throw new UsageError(positionals.map((text) => `${text}：多余的参数`));
    const { file, json, 'no-days': noDays, ...question } = values;
    const calendar = shippedCalendar();
    if (file !== undefined) {
      const other = Object.keys(question).map((name) => `--${name}：不能与 --file 同用，请写在每一行里`);
      if (other.length > 0) throw new UsageError(other);
      const write = deadlineWriter(calendar, !noDays);
      return answerLines(file, io, (line) => workOut(line, '', calendar), write);
    }
    const deadline = workOut(question, '--', calendar);
    if (!json) io.stdout(forPeople(deadline, calendar));
    else {
      const out = byteSink(io);
      deadlineWriter(calendar, !noDays)(deadline, out);
      out.text('\n');
      out.flush();
    }
    return DONE;
  },
};
