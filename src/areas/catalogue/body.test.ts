import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heavyMarkup, hostileMarkup, strangeIn } from '../../../tests/support/hostile-content.ts';
import { plainText, sanitiseBody } from './body.ts';

/** Pieces of which markup is made that browsers, Word and attackers write: sound, broken, half and doubly escaped. */
const words = (text: string) => text.split(' ');
const tags = [
  ...words(
    'p em a img table tr td th tbody caption ul ol li blockquote h1 h2 h6 b i del span div o:p font body html head title br hr',
  ),
  ...words(
    'script style svg math template noscript textarea select option iframe object xmp plaintext noembed noframes foreignObject',
  ),
  ...words(
    'mglyph annotation-xml form base meta P ScRiPt p/ x-y image xml figure figcaption sup frameset link',
  ),
  'a\n',
];
const values = [
  ...words(
    'javascript:alert(1) &#106;avascript:alert(1) java&#x0a;script&colon;alert(1) &amp;#106;avascript:x data:text/html,x',
  ),
  ...words(
    'vbscript:x //evil.example \\\\evil https://www.gov.cn/a?b=1&c=2 /items/X/2018-00001 #top mailto:a@b.cn file:///etc/passwd',
  ),
  ...words('300 -1 1e9 NaN & &amp;amp; &lt'),
  ...[`/files/items/1/${'a'.repeat(64)}`, `/files/items/1/${'a'.repeat(64)}"onerror=x`, 'align-center evil'],
  ...[
    'JaVa\tScript:alert(1)',
    '\u0001javascript:x',
    '',
    '&quot;><img src=x onerror=x>',
    '"\'`>',
    '\u202e',
    '\u00a0',
  ],
];
const names = [
  ...words(
    'href src class style onclick ONERROR colspan rowspan start title alt id srcdoc xlink:href formaction data-x hx-get width',
  ),
  ...words('" \' <p scope /'),
  'on\u0000load',
];
const texts = [...words('字 &nbsp; &lt;script&gt; &amp;lt; &#0; &#xD800; & < >'), ...[' ', '\u00a0', '\n']];
const halves = [
  ...words('<!-- --> --!> <![CDATA[ ]]> ?> <!DOCTYPE </ <! \u0000'),
  ...['<?xml ', '<img src="', "<a href='"],
];
const attribute = fc
  .tuple(fc.constantFrom(...names), fc.constantFrom(...values), fc.constantFrom('"', "'", '', '`'))
  .map(([name, value, quote]) => ` ${name}=${quote}${value}${quote}`);
const piece = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.constantFrom(...tags), fc.array(attribute, { maxLength: 3 }))
      .map(([tag, more]) => `<${tag}${more.join('')}>`),
  },
  { weight: 4, arbitrary: fc.constantFrom(...tags).map((tag) => `</${tag}>`) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(...texts),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...halves),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
);
const markup = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

describe('a body of any markup', () => {
  test('is clean once it was cleaned, and cleaning it again changes nothing', () => {
    fc.assert(
      fc.property(markup, (given) => {
        const once = sanitiseBody(given);
        expect(strangeIn(once)).toEqual([]);
        expect(sanitiseBody(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ...Object.entries(hostileMarkup),
    ...Object.entries(heavyMarkup).map(([name, made]): [string, string] => [name, made()]),
  ])('%s comes to rest', (_name, given) => {
    const once = sanitiseBody(given);
    expect(strangeIn(once)).toEqual([]);
    expect(sanitiseBody(once)).toBe(once);
  });
});

describe('markup that is nothing but boxes within boxes', () => {
  // Two million characters, the most a body may have: each of these kept everybody waiting for most of a minute or longer.
  test.each([
    ['of the plainest kind', '<b>', 600_000],
    ['of tables', '<table><tr><td>', 125_000],
    ['of drawings', '<svg>', 390_000],
    ['hidden by what is dropped', '<p><span><ul>', 150_000],
    ['that never close in their order', '<b></i>', 280_000],
    ['that seem to close', '<b><!--</b>-->', 140_000],
    ['that seem to close in an attribute', '<b title="</b>">', 120_000],
  ])('%s is read at once, its words kept', (_name, box, times) => {
    const before = performance.now();
    const body = sanitiseBody(`<p>前言</p>${box.repeat(times)}正文<script>alert(1)</script>&lt;b&gt;<`);
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(strangeIn(body)).toEqual([]);
    expect(sanitiseBody(body)).toBe(body);
    if (box !== '<svg>') expect(plainText(body)).toMatch(/前言[\s\S]*正文/);
  });

  test('as deep as ten thousand, words that look like markup stay words', () => {
    const body = sanitiseBody(
      `${'<em>'.repeat(10_000)}a &lt;img src=x onerror=x&gt; <b<b>i>b</b>${'</em>'.repeat(10_000)}`,
    );
    expect(strangeIn(body)).toEqual([]);
    expect(plainText(body)).toContain('a <img src=x onerror=x>');
  });
});
