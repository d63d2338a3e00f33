import type { Register } from '../../areas/registers/index.ts';
import { Badge, formatNumber, Icon, Table, Tabs } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { COUNTED, listHref } from './filter.ts';
import { REGISTERS } from './words.ts';

export interface RegisterSummary {
  register: Register;
  /** Entries in force in the year, and ever. */
  inYear: number;
  ever: number;
  figures: {
    code: string;
    label: string;
    unit: string;
    /** Row of that year's statistics table; null when its format has none. */
    row: string | null;
    value: number | null;
    kinds: readonly string[];
  }[];
}

/** All registers with what they hold and what they give to the report of one year. */
export function OverviewPage(props: {
  year: number;
  years: readonly number[];
  thisYear: number;
  signed: boolean;
  summaries: readonly RegisterSummary[];
}) {
  const { year, years, thisYear, signed, summaries } = props;
  return (
    <WorkbenchPage
      title="台账"
      current={REGISTERS}
      lead="会议、培训、人员、经费、机构和查阅点随办随记，年度报告第八、九项直接从这里统计。"
      state={signed ? <Badge tone="info">{year}年年度报告已签发</Badge> : null}
      wide
    >
      <Tabs
        label="按年份查看"
        items={years.map((one) => ({
          label: `${one}年`,
          href: `${REGISTERS}?year=${one}`,
          current: one === year,
        }))}
      />
      <Table
        caption={`${year}年台账`}
        stack
        columns={[
          { label: '台账' },
          { label: `${year}年登记（在册）`, numeric: true },
          { label: '历年共登记', numeric: true },
          { label: `计入${year}年统计表`, width: 'wide' },
        ]}
      >
        {summaries.map(({ register, inYear, ever, figures }) => (
          <tr key={register.key}>
            <th scope="row" data-label="台账">
              <a class="register-name" href={listHref(register, { year: String(year) })}>
                <Icon name={register.icon} />
                {register.label}
              </a>
            </th>
            <td class="numeric" data-label={register.endField ? `${year}年在册` : `${year}年登记`}>
              {formatNumber(inYear)}
            </td>
            <td class="numeric" data-label="历年共登记">
              <a href={listHref(register, {})}>{formatNumber(ever)}</a>
            </td>
            <td data-label={`计入${year}年统计表`}>
              <ul class="register-figures">
                {figures.map((figure) => (
                  <li key={figure.code}>
                    <span>
                      {figure.row && <span class="register-row">{figure.row}</span>}
                      {figure.label}
                    </span>
                    <a
                      class="register-value"
                      href={listHref(register, {
                        ...(register.endField ? { on: `${year}-12-31` } : { year: String(year) }),
                        kind: figure.kinds.length > 1 ? COUNTED : figure.kinds[0],
                      })}
                    >
                      {figure.value === null ? '空白' : `${formatNumber(figure.value)} ${figure.unit}`}
                    </a>
                  </li>
                ))}
              </ul>
            </td>
          </tr>
        ))}
      </Table>
      <p class="help">
        空白表示没有登记，与 0 不同。人员、机构和查阅点按 12 月 31 日的状态计算
        {year === thisYear ? '，本年先按今天的登记推算' : ''}；会议、培训和经费按全年累计。
      </p>
    </WorkbenchPage>
  );
}
