import { type Command, UsageError } from '../command.ts';

const help = `
用法：gongkai report build --year Y [--agency CODE] [--format 2014|2019|2021] [--out DIR] [--json]
      gongkai report check FILE… [--year Y] [--previous FILE] [--json]

build：按现有记录汇编一个年度的年度报告，列出统计表和核对发现；给出 --out 时写出
report.html、report.pdf、report.docx、report.xlsx、report.json。不改动系统中的任何数据。

  --year Y       报告年度
  --agency CODE  机构代码；省略时为本站门户所示的机构
  --format F     统计表格式，默认按年度选用
  --out DIR      输出目录，不存在则新建
  --json         输出一个 JSON 值：{"agency","year","format","rows","tables","findings","files"}

check：读取任何机构已发布的年度报告（txt、html、docx、xlsx 或带文字的 pdf，三种格式均可），核对表内勾稽、
正文与统计表、本年与上年。同时给出几个年度时，自动找同一机构的上一年比对。不需要数据库。

  --year Y         报告年度，文件中没有写明时使用
  --previous FILE  上一年度的报告
  --json           输出一个 JSON 数组，每个文件一项：[{"file","agency","year","format","rows","tables","findings"}]

退出码：0 没有错误；1 有错误；2 用法有误，或有文件无法读取。

例：gongkai report build --year 2018 --out out --json
    gongkai report check 洪泽区2024.pdf --previous 洪泽区2023.html
`;

export const command: Command = {
  name: 'report',
  help,
  async run(args, io) {
    const [step, ...rest] = args;
    // Each imports much that the other does not need.
    if (step === 'build') return (await import('./report-build.ts')).buildReportFiles(rest, io);
    if (step === 'check') return (await import('./report-check.ts')).checkReportFiles(rest, io);
    throw new UsageError(['应为 gongkai report build --year Y，或 gongkai report check FILE…']);
  },
};
