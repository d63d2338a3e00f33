import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../app.ts';
import {
  addReportingUnit,
  changeReportingUnit,
  importReportingUnits,
  listReportingUnits,
  matrix,
  type ReportingUnit,
  readReportingUnit,
  readUnitSheet,
  type UnitForm,
  type UnitLine,
} from '../../areas/filed-reports/index.ts';
import { may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { asDownload, XLSX } from '../../core/download.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { formSheetLimits, readSheet, UnreadableFile, writeXlsx } from '../../core/spreadsheet/index.ts';
import { withUpload } from '../../core/uploads/index.ts';
import { oneOf, staffCtx } from '../request.ts';
import { UNITS, withQuery } from './addresses.ts';
import { pagingOf } from './paging.ts';
import { fieldsOf, idOf } from './request.ts';
import { columns, UnitImportPage, UnitPreviewPage } from './unit-import-pages.tsx';
import { allUnits } from './unit-options.ts';
import { NewUnitPage, type UnitFields, UnitListPage, UnitPage } from './units.tsx';
import { unitKinds } from './words.ts';
import { yearChoice } from './years.ts';

const UNITS_SHOWN = 100;
/** A preview of as many lines as a list may have, each Han character as nine signs of the form. */
const PREVIEW_BYTES = 16 * 1024 * 1024;
/** The most years the matrix lays side by side. */
const YEARS_SHOWN = 6;
const limits = { ...formSheetLimits, rows: 5000 };

/** The preview's lines as they come back with the confirmation: from the browser, so nothing about them is taken on trust. */
const waitingLines = z
  .array(
    z.object({
      line: z.number().int().positive(),
      name: z.string().max(200),
      aliases: z.array(z.string().max(200)).max(50),
      kind: z.string().max(200),
      parentName: z.string().max(200),
      code: z.string().max(200),
    }),
  )
  .max(limits.rows);

export const unitRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(UNITS, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.read');
      const field = fieldsOf(request.query);
      const text = field('text').slice(0, 60);
      const kind = oneOf(unitKinds, field('kind'));
      const { year } = await yearChoice(ctx, field('year'));
      const paging = pagingOf(UNITS, { text, kind }, field('pages'));
      const { items, next } = await listReportingUnits(
        ctx,
        { ...(text && { search: text }), ...(kind && { kind }) },
        { after: paging.after, limit: UNITS_SHOWN },
      );
      return reply.page(
        <UnitListPage
          units={items}
          text={text}
          kind={kind}
          year={year}
          mayFile={may(ctx.actor, 'filed-reports.file')}
          previousHref={paging.previousHref}
          nextHref={paging.nextHref(next)}
        />,
      );
    });

    server.get(`${UNITS}/new`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      const given = { ...empty, expectedFrom: String(ctx.clock.today().year - 1) };
      return reply.page(<NewUnitPage given={given} parents={await allUnits(ctx)} />);
    });

    server.post(UNITS, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      const given = unitFields(request);
      try {
        await addReportingUnit(ctx, await formOf(ctx, given));
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        const view = <NewUnitPage given={given} parents={await allUnits(ctx)} errors={error.fields} />;
        return reply.page(view, 422);
      }
      reply.flash('success', `已新建“${given.name}”。`);
      return reply.redirect(withQuery(UNITS, { text: given.name }), 303);
    });

    server.get(`${UNITS}/import`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      return reply.page(<UnitImportPage given={{ expectedFrom: String(ctx.clock.today().year - 1) }} />);
    });

    server.get(`${UNITS}/import/template.xlsx`, async (request, reply) => {
      staffCtx(app, request, 'filed-reports.file');
      const content = await writeXlsx([
        {
          name: '报送单位',
          columns: columns.map(([label]) => ({ label, kind: 'text' as const, width: 24 })),
          rows: [],
        },
        {
          name: '填写说明',
          columns: [
            { label: '栏目', width: 16 },
            { label: '怎样填写', width: 80 },
          ],
          rows: columns.map(([label, how]) => [label, how]),
        },
      ]);
      return asDownload(reply, '报送单位导入模板.xlsx', XLSX).send(content);
    });

    server.post(`${UNITS}/import`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      let given = { expectedFrom: '' };
      try {
        return await withUpload(request, uploading(app), async (upload) => {
          given = { expectedFrom: upload.field('expectedFrom').trim() };
          const [file] = upload.files;
          if (!file) throw new InvalidForm({ file: '请选择要导入的文件。' });
          const expectedFrom = yearIn(given.expectedFrom, 'expectedFrom');
          const lines = readUnitSheet(await readSheet({ name: file.name, path: file.path }, limits));
          const preview = await importReportingUnits(ctx, lines, {
            expectedFrom,
            fileName: file.name,
            dryRun: true,
          });
          const confirmable = preview.rejected.length === 0 && preview.added.length > 0;
          return reply.page(
            <UnitPreviewPage
              fileName={file.name}
              preview={preview}
              given={given}
              waiting={confirmable ? JSON.stringify(lines) : null}
            />,
            preview.rejected.length > 0 ? 422 : 200,
          );
        });
      } catch (error) {
        if (!(error instanceof UnreadableFile || error instanceof InvalidForm)) throw error;
        const errors = error instanceof InvalidForm ? error.fields : { file: error.message };
        const status = error instanceof UnreadableFile ? error.status : 422;
        return reply.page(<UnitImportPage given={given} errors={errors} />, status);
      }
    });

    server.post(`${UNITS}/import/confirmation`, { bodyLimit: PREVIEW_BYTES }, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      const body = (request.body ?? {}) as Record<string, unknown>;
      const field = fieldsOf(request.body);
      const given = { expectedFrom: field('expectedFrom') };
      const fileName = field('fileName').slice(0, 200);
      const lines = linesIn(body.lines);
      const done = await importReportingUnits(ctx, lines, {
        expectedFrom: yearIn(given.expectedFrom, 'expectedFrom'),
        fileName,
      });
      if (done.rejected.length > 0) {
        const view = <UnitPreviewPage fileName={fileName} preview={done} given={given} waiting={null} />;
        return reply.page(view, 422);
      }
      reply.flash('success', `已导入 ${done.added.length} 个单位，${done.unchanged.length} 个已有的没有变。`);
      return reply.redirect(UNITS, 303);
    });

    const unitPage = async (
      ctx: Ctx,
      id: number,
      refused?: { given: UnitFields; errors: Readonly<Record<string, string>> },
    ) => {
      const unit = await readReportingUnit(ctx, id);
      const { years } = await yearChoice(ctx, '');
      const shown = years.slice(0, YEARS_SHOWN);
      const { items } = await matrix(ctx, shown, { unitId: id }, { limit: 1 });
      return (
        <UnitPage
          unit={unit}
          cells={items[0]?.cells ?? []}
          form={
            may(ctx.actor, 'filed-reports.file')
              ? { given: refused?.given ?? fieldsOfUnit(unit), parents: await allUnits(ctx) }
              : null
          }
          errors={refused?.errors}
        />
      );
    };

    server.get(`${UNITS}/:unit`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.read');
      return reply.page(await unitPage(ctx, unitIdOf(request)));
    });

    server.post(`${UNITS}/:unit`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'filed-reports.file');
      const id = unitIdOf(request);
      const given = unitFields(request);
      try {
        await changeReportingUnit(ctx, id, await formOf(ctx, given));
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return reply.page(await unitPage(ctx, id, { given, errors: error.fields }), 422);
      }
      reply.flash('success', `“${given.name}”已保存。`);
      return reply.redirect(`${UNITS}/${id}`, 303);
    });
  };

const uploading = (app: App) => ({
  dir: `${app.config.varDir}/uploads`,
  maxBytes: Math.min(app.config.maxUploadBytes, limits.fileBytes),
});

const unitIdOf = (request: FastifyRequest) =>
  idOf((request.params as { unit?: string }).unit, '没有找到这个报送单位。');

const empty: UnitFields = {
  name: '',
  aliases: '',
  kind: '',
  parent: '',
  code: '',
  expectedFrom: '',
  expectedTo: '',
};

function unitFields(request: FastifyRequest): UnitFields {
  const field = fieldsOf(request.body);
  return Object.fromEntries(Object.keys(empty).map((name) => [name, field(name)])) as unknown as UnitFields;
}

function fieldsOfUnit(unit: ReportingUnit): UnitFields {
  return {
    name: unit.name,
    aliases: unit.aliases.join('\n'),
    kind: unit.kind,
    parent: unit.parentName ?? '',
    code: unit.code,
    expectedFrom: String(unit.expectedFrom),
    expectedTo: unit.expectedTo === null ? '' : String(unit.expectedTo),
  };
}

async function formOf(ctx: Ctx, given: UnitFields): Promise<UnitForm> {
  return {
    name: given.name,
    aliases: given.aliases
      .split(/[\r\n、]+/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    kind: oneOf(unitKinds, given.kind) ?? null,
    parentId: given.parent === '' ? null : await parentNamed(ctx, given.parent),
    code: given.code,
    expectedFrom: yearIn(given.expectedFrom, 'expectedFrom'),
    expectedTo: given.expectedTo === '' ? null : yearIn(given.expectedTo, 'expectedTo'),
  };
}

function yearIn(text: string, field: string): number {
  if (!/^20\d\d$/.test(text)) throw new InvalidForm({ [field]: '年度应为四位数字，例如 2024。' });
  return Number(text);
}

async function parentNamed(ctx: Ctx, name: string): Promise<number> {
  const { items } = await listReportingUnits(ctx, { search: name }, { limit: 50 });
  const found = items.find((unit) => unit.name === name || unit.aliases.includes(name));
  if (!found) throw new InvalidForm({ parent: `名单里没有“${name}”，请从提示的名称中选择。` });
  return found.id;
}

function linesIn(value: unknown): UnitLine[] {
  try {
    return waitingLines.parse(JSON.parse(typeof value === 'string' ? value : ''));
  } catch {
    throw new InvalidForm({ '': '预览的内容不完整，请重新上传文件。' });
  }
}
