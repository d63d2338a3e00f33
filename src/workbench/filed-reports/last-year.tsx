import { formats } from '../../annual-report/formats/index.ts';
import type { ReadReport } from '../../annual-report/reading/index.ts';
import type {
  ComparedChapter,
  ComparedParagraph,
  FiledReport,
  TextComparison,
} from '../../areas/filed-reports/index.ts';
import { Alert, Card, Empty, formatNumber, LinkButton, Progress } from '../../ui/index.ts';
import { reportAddress } from './addresses.ts';
import { changesBetween, type FigureChange } from './figure-changes.ts';
import { FiguresByTable } from './figures-by-table.tsx';
import { type Powers, ReportFrame } from './report-frame.tsx';
import { cellAnchor } from './report-marks.ts';

/** This year beside last year: the numbers that moved, and the text with what was copied. */
export function LastYearPage(props: { filed: FiledReport; powers: Powers; texts: TextComparison | null }) {
  const { filed, powers, texts } = props;
  const { shown, previous, unit, year } = filed;
  return (
    <ReportFrame filed={filed} view="/last-year" powers={powers}>
      {!shown || !previous ? (
        <Card>
          <Empty
            title={shown ? `没有${year - 1}年度的报告` : `没有读出${year}年度的报告`}
            icon="files-off"
            action={<a href={reportAddress(unit.id, year - 1)}>{`查看${year - 1}年度`}</a>}
          >
            两年的报告都读出后，这里自动对照数字和文字。
          </Empty>
        </Card>
      ) : (
        <>
          <Numbers now={shown.report} before={previous.report} unitId={unit.id} year={year} />
          {texts ? <Texts texts={texts} year={year} /> : null}
        </>
      )}
    </ReportFrame>
  );
}

function Numbers(props: { now: ReadReport; before: ReadReport; unitId: number; year: number }) {
  const { now, before, unitId, year } = props;
  if (now.format !== before.format && !comparable(now, before)) {
    return (
      <Alert tone="info" title="两年的统计表格式不同，数字不直接对照">
        {`${year}年与${year - 1}年的统计指标没有一一对应，`}
        <a href="/workbench/reports/crosswalk">哪些指标可以对应，见格式对照</a>。
      </Alert>
    );
  }
  const { changed, compared } = changesBetween(now, before);
  const [main, parts] = [changed.filter((one) => one.main), changed.filter((one) => !one.main)];
  return (
    <Card
      title="数字的变动"
      flush
      actions={
        <LinkButton small href={reportAddress(unitId, year - 1)}>{`查看${year - 1}年度报告`}</LinkButton>
      }
    >
      {changed.length === 0 ? (
        <Empty title={compared === 0 ? '没有可以对照的数字' : '所有数字与上年相同'} icon="equal">
          {compared > 0 && `对照了 ${formatNumber(compared)} 格，请留意是否照抄上年。`}
        </Empty>
      ) : (
        <>
          {main.length > 0 && (
            <Changes
              caption={`对照 ${compared} 格，${changed.length} 格有变动，${compared - changed.length} 格相同`}
              changes={main}
              unitId={unitId}
              year={year}
            />
          )}
          {parts.length > 0 && (
            <details class="figures-more" open={main.length === 0}>
              <summary>{`分项的变动（${parts.length} 格）`}</summary>
              <Changes caption="分项的变动" changes={parts} unitId={unitId} year={year} />
            </details>
          )}
        </>
      )}
    </Card>
  );
}

function Changes(props: { caption: string; changes: readonly FigureChange[]; unitId: number; year: number }) {
  const { caption, changes, unitId, year } = props;
  return (
    <FiguresByTable
      caption={caption}
      columns={[
        { label: '指标', width: 'wide' },
        { label: `${year - 1}年`, numeric: true },
        { label: `${year}年`, numeric: true },
        { label: '增减', numeric: true },
        { label: '幅度', numeric: true },
      ]}
      lines={changes}
      row={(change) => (
        <ChangeRow change={change} href={`${reportAddress(unitId, year)}#${cellAnchor(change.key)}`} />
      )}
    />
  );
}

/** Both formats know the same table of requests since 2019; that of 2014 shares nothing with them. */
function comparable(now: ReadReport, before: ReadReport): boolean {
  const tables = (report: ReadReport) =>
    formats.find(({ id }) => id === report.format)?.tables.map(({ id }) => id) ?? [];
  return tables(now).some((id) => tables(before).includes(id));
}

function ChangeRow({ change, href }: { change: FigureChange; href: string }) {
  const { name, before, now, difference, percent, striking } = change;
  return (
    <tr class={striking ? 'line-striking' : undefined}>
      <th scope="row">
        <a class="quiet-link" href={href}>
          {name}
        </a>
      </th>
      <td class="numeric">{before.words}</td>
      <td class="numeric">
        <strong>{now.words}</strong>
      </td>
      <td class="numeric">{difference === null ? '—' : signed(difference)}</td>
      <td class="numeric">
        {percent === null ? '—' : `${signed(percent)}%`}
        {striking && <span class="striking-note">变动较大</span>}
      </td>
    </tr>
  );
}

const signed = (value: number) =>
  value > 0 ? `+${formatNumber(value)}` : value < 0 ? `−${formatNumber(-value)}` : '0';

function Texts({ texts, year }: { texts: TextComparison; year: number }) {
  const share = texts.characters === 0 ? null : Math.round((texts.copied / texts.characters) * 100);
  return (
    <Card title="文字的对照" id="texts">
      <p class="copied-words">
        {share !== null && (
          <>
            <strong>{`与上年相同的文字占 ${share}%`}</strong>
            <Progress value={texts.copied} max={texts.characters} label="照抄上年的字数" />
          </>
        )}
        <span>
          <mark class="copied-passage">标出的文字</mark>与上年逐字相同
        </span>
        {!texts.complete && <span>正文过长，只对照了前面的部分。</span>}
      </p>
      {texts.chapters.map((chapter, index) => (
        <Chapter key={index} chapter={chapter} year={year} />
      ))}
    </Card>
  );
}

function Chapter({ chapter, year }: { chapter: ComparedChapter; year: number }) {
  const share = chapter.characters === 0 ? null : Math.round((chapter.copied / chapter.characters) * 100);
  return (
    <section class="compared-chapter">
      <h3>
        {chapter.title || '报告开头'}
        {share !== null && <span class="help">{`照抄 ${share}%`}</span>}
      </h3>
      <table class="compared-texts">
        <caption class="visually-hidden">{`${chapter.title}：${year - 1}年与${year}年`}</caption>
        <thead>
          <tr>
            <th scope="col">{year - 1}年</th>
            <th scope="col">{year}年</th>
          </tr>
        </thead>
        <tbody>
          {chapter.rows.map((row, index) => (
            <ParagraphRow key={index} row={row} year={year} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ParagraphRow({ row, year }: { row: ComparedParagraph; year: number }) {
  return (
    <tr class={`compared-${row.change}`}>
      <td data-label={`${year - 1}年`}>{row.previous ?? <span class="help">上年没有这一段</span>}</td>
      <td data-label={`${year}年`}>
        {row.current === null ? (
          <span class="help">今年没有这一段</span>
        ) : (
          row.current.map((run, index) =>
            run.copied ? (
              <mark key={index} class="copied-passage">
                {run.text}
              </mark>
            ) : (
              <span key={index}>{run.text}</span>
            ),
          )
        )}
      </td>
    </tr>
  );
}
