import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, describe, expect, test } from 'vitest';
import { EICAR, openFakeClamd } from '../../../tests/support/clamd.ts';
import { UnreadableFile } from '../spreadsheet/index.ts';
import { checkAttachment, openScanner } from './index.ts';

const dir = mkdtempSync(join(tmpdir(), 'gongkai-scan-'));
afterAll(() => rmSync(dir, { recursive: true }));

const faults: unknown[] = [];
const log = { error: (fault: unknown) => void faults.push(fault) } as never;
const builtIn = openScanner({ clamdUrl: null }, log);
const CLEAN = { clean: true };

const zipOf = (entries: Record<string, string>) => {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(entries)) zip.file(name, content, { binary: true });
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
};
const types = (main: string) =>
  `<Types><Override PartName="/word/document.xml" ContentType="application/${main}+xml"/></Types>`;
const DOCUMENT = { '[Content_Types].xml': types('document.main'), 'word/document.xml': '<w:document/>' };

describe('the built-in check', () => {
  test.each<[string, Buffer | Promise<Buffer>]>([
    ['a text', Buffer.from('我要申请公开 2018 年的预算')],
    ['a text that speaks of programs', Buffer.from('文件以 MZ 开头的是程序；#!/bin/sh 是脚本')],
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj')],
    ['a Word document', zipOf(DOCUMENT)],
    ['a zip that is damaged', Buffer.from('PK\x03\x04 and no more')],
    ['nothing', Buffer.alloc(0)],
  ])('lets pass %s', async (_what, content) => expect(await builtIn.scan(await content)).toEqual(CLEAN));

  test.each<[string, Buffer | Promise<Buffer>, string]>([
    ['the test virus', Buffer.from(EICAR), 'EICAR 测试病毒'],
    [
      'the test virus behind much else',
      Buffer.concat([Buffer.alloc(300_000, 32), Buffer.from(EICAR)]),
      'EICAR 测试病毒',
    ],
    [
      'the test virus in a document',
      zipOf({ ...DOCUMENT, 'word/media/a.png': EICAR }),
      'EICAR 测试病毒（在文件内）',
    ],
    ['a Windows program', Buffer.from('MZ\x90\0'), 'Windows 程序'],
    ['a Linux program', Buffer.from('\x7fELF\x02'), 'Linux 程序'],
    ['a macOS program', Buffer.from('cffaedfe', 'hex'), 'macOS 或 Java 程序'],
    ['a shortcut', Buffer.from('4c0000000114020000000000', 'hex'), 'Windows 快捷方式'],
    ['a shell script', Buffer.from('#!/bin/sh\nrm -rf ~'), '脚本程序'],
    ['a batch file', Buffer.from('\ufeff@ECHO off\r\n'), '脚本程序'],
    ['a PHP page', Buffer.from('<?php system($_GET[0]);'), '脚本程序'],
    ['a macro project', zipOf({ ...DOCUMENT, 'word/vbaProject.bin': 'x' }), '带有宏的文档'],
    [
      'a macro project under another name',
      zipOf({ ...DOCUMENT, '[Content_Types].xml': types('vnd.ms-word.document.macroEnabled.main') }),
      '带有宏的文档',
    ],
    ['Excel 4 macros', zipOf({ 'xl/macrosheets/sheet1.xml': '<x/>' }), '带有宏的文档'],
    [
      'a program inside',
      zipOf({ ...DOCUMENT, 'word/embeddings/a.bin': 'MZ\x90\0' }),
      'Windows 程序（在文件内）',
    ],
    ['a script by its name inside', zipOf({ ...DOCUMENT, 'a/打开.JS': 'alert()' }), '程序或脚本（在文件内）'],
  ])('tells of %s', async (_what, content, what) => {
    const bytes = await content;
    expect(await builtIn.scan(bytes)).toEqual({ clean: false, what });
    const path = join(dir, randomBytes(6).toString('hex'));
    writeFileSync(path, bytes);
    expect(await builtIn.scan(path)).toEqual({ clean: false, what });
  });

  test('the test virus across the border of two pieces', async () => {
    const path = join(dir, 'border');
    writeFileSync(path, Buffer.concat([Buffer.alloc(256 * 1024 - 30, 32), Buffer.from(EICAR)]));
    expect(await builtIn.scan(path)).toEqual({ clean: false, what: 'EICAR 测试病毒' });
  });
});

describe('clamd', () => {
  // The built-in check knows this virus as well; split by a zero it is unknown to both.
  const large = randomBytes(700_000);

  test.each([
    ['over TCP', {}],
    ['over a socket', { path: join(dir, 'clamd.ctl') }],
  ])('%s gets every byte and is believed', async (_what, options) => {
    const clamd = await openFakeClamd(options);
    const scanner = openScanner({ clamdUrl: clamd.url }, log);
    expect(await scanner.scan(large)).toEqual(CLEAN);
    const path = join(dir, 'large');
    writeFileSync(path, large);
    expect(await scanner.scan(path)).toEqual(CLEAN);
    expect(await scanner.scan(new Uint8Array())).toEqual(CLEAN);
    expect(clamd.received).toEqual([large, large, Buffer.alloc(0)]);
  });

  test('names what it finds', async () => {
    const { openClamd } = await import('./clamd.ts');
    const { Readable } = await import('node:stream');
    const clamd = openClamd((await openFakeClamd()).url);
    expect(await clamd(Readable.from([Buffer.from(EICAR)]))).toBe('Win.Test.EICAR_HDB-1');
  });

  test('many at once', async () => {
    const clamd = await openFakeClamd();
    const scanner = openScanner({ clamdUrl: clamd.url }, log);
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => scanner.scan(randomBytes(50_000))));
    expect(verdicts).toEqual(verdicts.map(() => CLEAN));
    expect(clamd.received).toHaveLength(20);
  });

  const unwell = async (options: Parameters<typeof openFakeClamd>[0]) => (await openFakeClamd(options)).url;
  test.each<[string, () => Promise<string> | string, RegExp]>([
    ['is not there', () => 'tcp://127.0.0.1:1', /ECONNREFUSED/],
    ['has no socket', () => `unix://${join(dir, 'none.ctl')}`, /ENOENT/],
    ['falls silent', () => unwell({ mood: 'silent' }), /silent for 200 ms/],
    ['hangs up', () => unwell({ mood: 'hangs-up' }), /closed without an answer|ECONNRESET|EPIPE/],
    ['says something else', () => unwell({ mood: 'garbled' }), /answered "stream: perhaps/],
    ['finds it too long', () => unwell({ limit: 1000 }), /answered "INSTREAM size limit exceeded/],
  ])('that %s: the file is refused in words, and the reason is logged', async (_what, url, reason) => {
    faults.length = 0;
    const scanner = openScanner({ clamdUrl: await url(), silenceMs: 200 }, log);
    const scanning = scanner.scan(large);
    await expect(scanning).rejects.toBeInstanceOf(UnreadableFile);
    await expect(scanning).rejects.toMatchObject({ fault: 'unscanned', status: 422 });
    await expect(scanning).rejects.toThrow(/^病毒检查暂时不可用，附件未接收/);
    expect(String((faults[0] as { err: Error }).err)).toMatch(reason);
  });
});

describe('an attachment', () => {
  test('is taken with its type when it is harmless', async () =>
    expect(await checkAttachment(builtIn, { name: '说明.txt', bytes: Buffer.from('说明') })).toBe(
      'text/plain; charset=utf-8',
    ));
  test('is refused in words when it is not', async () => {
    const infected = checkAttachment(builtIn, { name: '说明.txt', bytes: Buffer.from(EICAR) });
    await expect(infected).rejects.toThrow('“说明.txt”被检出EICAR 测试病毒，未接收');
    await expect(infected).rejects.toMatchObject({ fault: 'infected' });
  });
});
