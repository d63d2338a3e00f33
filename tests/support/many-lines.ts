import { insertColumn } from '../../src/areas/catalogue/column-store.ts';
import { addUnit, createAgency } from '../../src/areas/organisations/index.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Ctx } from '../../src/core/context.ts';
import { connect } from '../../src/core/db.ts';
import { migrate } from '../../src/core/migrations.ts';
import { manyEntry } from './many-entries.ts';

const TODAY = '2026-11-27';

/** The n-th of so many believable lines of `import items`: bodies of plain text, of clean HTML and as Word leaves them. */
export function manyLine(n: number, count: number) {
  const entry = manyEntry(n, count, TODAY);
  return {
    sourceId: entry.sourceId ?? '',
    title: entry.title,
    body: bodyOf(n, entry.body.split('\n')),
    publishedOn: entry.publishedOn ?? '',
    unit: `U${1 + (n % UNITS)}`,
    column: `column-${1 + (n % COLUMNS)}`,
    documentNumber: entry.documentNumber ?? '',
    kind: entry.genre ?? '',
    subject: '综合政务',
    channels: n % 4 === 0 ? 'website,weibo' : 'website',
  };
}

/** Units and columns that the lines name. */
export const UNITS = 41;
export const COLUMNS = 60;

function bodyOf(n: number, lines: readonly string[]): string {
  if (n % 3 === 0) return lines.join('\n');
  if (n % 3 === 1) return lines.map((line) => `<p>${line}</p>`).join('');
  const fromWord = lines.map(
    (line) =>
      `<p class="MsoNormal" style="text-indent:32pt;mso-char-indent-count:2.0"><span style="font-family:仿宋" lang="EN-US">${line}<o:p></o:p></span></p>`,
  );
  const table = Array.from(
    { length: 8 },
    (_, row) => `<tr><td style="border:1px">第${row + 1}项</td><td>${n % 997}</td></tr>`,
  );
  return `${fromWord.join('\n')}<table class="MsoTableGrid" border="1">${table.join('')}</table>`;
}

/** An agency with the units and columns that the lines name. */
export async function openHouseOfLines(url: string): Promise<void> {
  await migrate(url);
  const connection = connect(url);
  try {
    const base = {
      db: connection.db,
      clock: systemClock,
      actor: { kind: 'system' as const, name: '性能测试' },
    };
    const agencyId = await createAgency(base, { code: 'many', name: '信息很多的机关', shortName: '很多' });
    const system: Ctx = { ...base, agencyId };
    for (let n = 1; n <= UNITS; n++) await addUnit(system, { code: `U${n}`, name: `第${n}部门` });
    for (let n = 1; n <= COLUMNS; n++)
      await insertColumn(connection.db, agencyId, {
        parentId: null,
        slug: `column-${n}`,
        name: `第${n}栏目`,
        kind: 'statutory',
        pageType: '政策文件',
        description: '',
        keywords: '',
        unitId: null,
        updateDays: null,
        required: [],
        reviewSteps: [],
        position: n,
      });
  } finally {
    await connection.close();
  }
}
