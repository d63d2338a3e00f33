import { beforeAll, describe, expect, test } from 'vitest';
import { issueLetter, type LetterCtx, letterFile, voidLetter } from '../../src/areas/letters/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { transact } from '../../src/core/db.ts';
import { openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';
import { someRequest } from '../support/letters.ts';

const desk = await openDesk({}, clockAt('2026-11-27'));
const browser = await openBrowser();
const ctx: LetterCtx = { ...desk.system, vault: desk.app.vault };
const address = await desk.server.listen({ port: 0, host: '127.0.0.1' });
const officer = await desk.signedIn('disclosure-officer');
const codes: string[] = [];

beforeAll(async () => {
  for (let turn = 1; turn <= 3; turn++) {
    const own = await someRequest(desk.pool, desk.agencyId, turn);
    const letter = await transact(ctx, (within) =>
      issueLetter(within, {
        kind: 'reply',
        replyCode: 'B3.4',
        ...own,
        recipient: { name: '张三', address: '', postcode: '', contact: '' },
        fields: {
          receivedOn: '2026年11月2日',
          requestNumber: '2026-000001',
          content: '项目清单',
          reasons: '公开会损害第三方的商业秘密',
        },
        issuedOn: ctx.clock.today(),
        signedBy: '李主任',
      }),
    );
    codes.push(letter.code);
    if (turn === 1) await letterFile(ctx, desk.app, letter.letterId, 'pdf');
    if (turn === 2) await voidLetter(ctx, letter.letterId, '收件人写错');
  }
});

async function signedIn(options: Parameters<typeof openPage>[1] = {}) {
  const page = await openPage(browser, options);
  const cookies = officer.jar().map(([name, value]) => ({ name, value, url: address }));
  await page.context().addCookies(cookies);
  return page;
}

describe.each([
  ['on a desk screen', {}],
  ['on a telephone', { viewport: phone }],
])('%s', (_, options) => {
  test('the pages of letters are sound', async () => {
    const page = await signedIn(options);
    const faults: string[] = [];
    for (const path of [
      '/workbench/letters',
      '/workbench/letters?series=fee',
      '/workbench/letters/templates',
      '/workbench/letters/templates/reply%3AB3.4',
      '/workbench/letters/templates/reply%3AB3.4/default',
      '/workbench/letters/settings',
      '/letters',
      '/letters?code=1',
      `/letters/${codes[0]}`,
      `/letters/${codes[1]}`,
      '/letters/0000000000000000',
    ]) {
      faults.push(...(await faultsOf(page, `${address}${path}`)));
    }
    expect(faults).toEqual([]);
  }, 120_000);
});

test('a live field is put where the cursor stands, with the keyboard alone', async () => {
  const page = await signedIn();
  await page.goto(`${address}/workbench/letters/templates/extension`);
  const body = page.getByLabel('正文');
  await body.fill('甲乙');
  await body.press('ArrowLeft');
  const insert = page.getByRole('button', { name: '插入申请人' });
  await insert.focus();
  await insert.press('Enter');
  expect(await body.inputValue()).toBe('甲{{申请人}}乙');
  await page.getByRole('button', { name: '预览' }).click();
  await page.getByText('甲张三乙').waitFor();
  expect(await body.inputValue()).toBe('甲{{申请人}}乙');
});

test('without script a template is edited and a letter verified', async () => {
  const page = await signedIn({ javaScriptEnabled: false });
  await page.goto(`${address}/workbench/letters/templates/extension`);
  expect(await page.getByRole('button', { name: '插入申请人' }).isVisible()).toBe(false);
  expect(await page.getByText('{{申请人}}', { exact: true }).isVisible()).toBe(true);
  await page.getByLabel('正文').fill('{{申请人}}：延期答复。');
  await page.getByRole('button', { name: '保存模板' }).click();
  await page.getByText('现在使用本机关修改过的措辞').waitFor();
  await page.goto(`${address}/letters`);
  await page.getByLabel('验证码').fill(codes[0]!.toLowerCase());
  await page.getByRole('button', { name: '核验' }).click();
  await page.getByText('没有作废').waitFor();
});
