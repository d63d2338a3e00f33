import { bookTitle } from '../../core/book-title.ts';
import { escapeQuoted as text } from '../../core/markup.ts';
import type { CleanUp, CleanUpDocument } from './clean-up-store.ts';

const dayWords = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

const lists: readonly {
  title: string;
  outcomes: readonly NonNullable<CleanUpDocument['outcome']>[];
  ground: boolean;
}[] = [
  { title: '继续有效的文件目录', outcomes: ['kept', 'amended'], ground: false },
  { title: '修改的文件目录', outcomes: ['amended'], ground: true },
  { title: '废止的文件目录', outcomes: ['repealed'], ground: true },
  { title: '宣布失效的文件目录', outcomes: ['expired'], ground: true },
];

/** The body of the notice that publishes what a clean-up came to: one table for each list, none where nothing is in it. */
export function resultBody(
  cleanUp: Pick<CleanUp, 'name' | 'ground' | 'cutoffOn'> & { decidedOn: string },
  documents: readonly CleanUpDocument[],
): string {
  const counted = (outcome: CleanUpDocument['outcome']) =>
    documents.filter((one) => one.outcome === outcome).length;
  const present = lists
    .map((list) => ({
      ...list,
      rows: documents.filter(({ outcome }) => outcome !== null && list.outcomes.includes(outcome)),
    }))
    .filter(({ rows }) => rows.length > 0);
  const opening = `${text(cleanUp.ground)}，对截至${dayWords(cleanUp.cutoffOn)}的现行有效文件进行了清理。经研究决定，继续有效 ${
    counted('kept') + counted('amended')
  } 件（其中修改 ${counted('amended')} 件），废止 ${counted('repealed')} 件，宣布失效 ${counted('expired')} 件，自${dayWords(cleanUp.decidedOn)}起执行。`;
  const tables = present.map(
    ({ title, rows, ground }, index) =>
      `<h2>${'一二三四'[index]}、${title}（${rows.length}件）</h2><table><caption>${title}</caption><thead><tr><th scope="col">序号</th><th scope="col">文件名称</th><th scope="col">发文字号</th><th scope="col">成文日期</th>${
        ground ? '<th scope="col">理由</th>' : ''
      }</tr></thead><tbody>${rows
        .map(
          (row, place) =>
            `<tr><td>${place + 1}</td><td>${text(row.title)}</td><td>${text(row.documentNumber)}</td><td>${row.formedOn}</td>${
              ground
                ? `<td>${text(row.ground)}${row.replacementTitle === null ? '' : `（由${bookTitle(text(row.replacementTitle))}代替）`}</td>`
                : ''
            }</tr>`,
        )
        .join('')}</tbody></table>`,
  );
  return `<p>${opening}</p>${tables.join('')}`;
}
