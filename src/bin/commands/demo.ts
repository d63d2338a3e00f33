import { loadDemonstration } from '../../demonstration/index.ts';
import { type Command, DONE, readOptions, UsageError } from '../command.ts';
import { withApp } from '../installation.ts';

const help = `
用法：gongkai demo load [--year 2018] [--json]

加载示例年度（昆明高新区 2018 年）：机构、人员、填报、台账和已发布的年度报告。已加载过的不再改动。

  --year Y   示例年度，目前只有 2018
  --json     输出 {"loaded":true|false}

例：gongkai demo load
`;

export const command: Command = {
  name: 'demo',
  help,
  async run(args, io) {
    const { values, positionals } = readOptions(args, {
      year: { type: 'string' },
      json: { type: 'boolean' },
    });
    const faults = [
      ...(positionals[0] === 'load' && positionals.length === 1 ? [] : ['应为 gongkai demo load']),
      ...(values.year === undefined || values.year === '2018'
        ? []
        : [`--year ${values.year}：没有这个示例年度，可用 2018`]),
    ];
    if (faults.length > 0) throw new UsageError(faults);
    const loaded = await withApp(io.env, (app) => loadDemonstration(app));
    if (values.json) io.stdout(`${JSON.stringify({ loaded: loaded !== null })}\n`);
    else
      io.stdout(
        loaded
          ? `已加载${loaded.agency}:${loaded.staff} 名人员，${loaded.returns} 条填报。\n`
          : '示例年度已经加载过，没有改动。\n',
      );
    return DONE;
  },
};
