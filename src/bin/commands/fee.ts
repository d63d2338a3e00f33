import { type Fee, feeGrounds, MAX_FEE_QUANTITY, pageFee, pieceFee, yuan } from '../../law/index.ts';
import { type Command, DONE, readOptions, UsageError } from '../command.ts';
import { FieldFaults, readInteger } from '../fields.ts';
import { answerLines, type Line, unknownFields } from '../json-lines.ts';
import { table } from '../table.ts';

const help = `
用法：gongkai fee (--pieces N | --pages N) [--json]
      gongkai fee --file F

信息处理费（国办函〔2020〕109号）。一件申请只能在两种办法中选一种。

  --pieces N   按件计收：同一申请人一个自然月内的申请件数
  --pages N    按量计收：一件申请的页数（A4 及以下幅面单面为一页）
  --file F     逐行计算：F 为 JSON Lines，每行如 {"pieces":31} 或 {"pages":201};- 为标准输入
  --json       输出一个 JSON 值

例：gongkai fee --pieces 31
`;

export const command: Command = {
  name: 'fee',
  help,
  async run(args, io) {
    const { values, positionals } = readOptions(args, {
      pieces: { type: 'string' },
      pages: { type: 'string' },
      file: { type: 'string' },
      json: { type: 'boolean' },
    });
    const stray = positionals.map((text) => `${text}：多余的参数`);
    if (stray.length > 0) throw new UsageError(stray);
    if (values.file !== undefined) {
      if (values.pieces !== undefined || values.pages !== undefined) {
        throw new UsageError(['--file：不能与 --pieces、--pages 同用']);
      }
      return answerLines(
        values.file,
        io,
        (line) => feeOf(line, ''),
        (fee, out) => out.text(JSON.stringify(feeJson(fee))),
      );
    }
    const fee = feeOf({ pieces: values.pieces, pages: values.pages }, '--');
    io.stdout(values.json ? `${JSON.stringify(feeJson(fee))}\n` : forPeople(fee));
    return DONE;
  },
};

function feeOf(line: Line, prefix: string): Fee {
  const faults = new FieldFaults(prefix, unknownFields(line, ['pieces', 'pages']));
  const pieces = readInteger(line.pieces, 'pieces', [0, MAX_FEE_QUANTITY], faults);
  const pages = readInteger(line.pages, 'pages', [0, MAX_FEE_QUANTITY], faults);
  const given = [line.pieces, line.pages].filter((value) => value !== undefined && value !== null).length;
  if (given !== 1) faults.lines.push(`${prefix}pieces、${prefix}pages：两种办法必须且只能选一种`);
  if (faults.lines.length > 0) throw new UsageError(faults.lines);
  return pieces === undefined ? pageFee(pages as number) : pieceFee(pieces);
}

function feeJson({ method, quantity, amount, tiers }: Fee) {
  return {
    method,
    quantity,
    amount: yuan(amount),
    tiers: tiers.map((tier) => ({ ...tier, rate: yuan(tier.rate), amount: yuan(tier.amount) })),
  };
}

function forPeople({ method, quantity, amount, tiers }: Fee): string {
  const unit = method === 'piece' ? '件' : '页';
  const rows = tiers.map((tier) => [
    tier.to === null ? `${tier.from}${unit}以上` : `${tier.from}-${tier.to}${unit}`,
    yuan(tier.rate),
    String(tier.quantity),
    yuan(tier.amount),
  ]);
  const scale = table(['档次', `每${unit}（元）`, `${unit}数`, '金额（元）'], rows, [
    'left',
    'right',
    'right',
    'right',
  ]);
  const { text, article } = feeGrounds[method];
  return `${quantity}${unit}，信息处理费 ${yuan(amount)} 元\n\n${scale}\n依据：${article}。${text}\n`;
}
