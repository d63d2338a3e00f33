import fc from 'fast-check';
import type { Node } from 'prosemirror-model';
import { describe, expect, test } from 'vitest';
import { buildTables, formatForYear } from '../../../annual-report/formats/index.ts';
import type { Block } from '../../../annual-report/model.ts';
import { narrativeContext, parseNarrative } from '../../../annual-report/narrative/index.ts';
import { readHref, chapterSchema as schema } from './schema.ts';
import { readSource, writeSource } from './source.ts';

const tables = buildTables(formatForYear(2018)!, { '1.1': 9351, '2.2.3': 275 });
const context = narrativeContext({ agency: '高新区', year: 2018, tables });

/** What the report makes of a source: its blocks, leaving out empty ones, space around lines and seams within a link. */
const meaning = (source: string): Block[] => {
  const trimmed = (inlines: Extract<Block, { kind: 'paragraph' }>['inlines']) => {
    const kept = inlines.reduce<typeof inlines>((joined, inline) => {
      const before = joined.at(-1);
      if (inline.kind === 'link' && before?.kind === 'link' && before.href === inline.href)
        before.text += inline.text;
      else joined.push({ ...inline });
      return joined;
    }, []);
    const isSpace = (inline = kept[0]) => inline?.kind === 'text' && inline.text.trim() === '';
    while (isSpace()) kept.shift();
    while (isSpace(kept.at(-1))) kept.pop();
    if (kept[0]?.kind === 'text') kept[0].text = kept[0].text.trimStart();
    const last = kept.at(-1);
    if (last?.kind === 'text') last.text = last.text.trimEnd();
    return kept;
  };
  return parseNarrative(source, context).flatMap((block): Block[] => {
    if (block.kind === 'list') {
      const items = block.items.map(trimmed).filter((item) => item.length > 0);
      return items.length > 0 ? [{ ...block, items }] : [];
    }
    const inlines = trimmed(block.inlines);
    return inlines.length > 0 ? [{ ...block, inlines }] : [];
  });
};

const pieces = fc.constantFrom(
  ...['公开', '政府信息', '9351', ' ', '\n', '\n\n', '## ', '### ', '- ', '+ ', '1. ', '2) ', '#', '-'],
  ...[
    '*',
    '**',
    '***',
    '\\',
    '\\*',
    '{',
    '}',
    '{{1.1}}',
    '{{2.2.3|approx}}',
    '{{year}}',
    '{{',
    '}}',
    '{{x y}}',
  ],
  ...[
    '[',
    ']',
    '(',
    ')',
    '[目录](/catalogue)',
    '[a*b](https://example.org/x)',
    '[恶](javascript:x)',
    '](',
    '!',
    'a b',
  ],
);
const anySource = fc.array(pieces, { maxLength: 24 }).map((parts) => parts.join(''));

describe('source to document and back', () => {
  test('says the same to the report, for any source', () => {
    fc.assert(
      fc.property(anySource, (source) => {
        expect(meaning(writeSource(readSource(source)))).toEqual(meaning(source));
      }),
      { numRuns: 3000 },
    );
  });

  test.each(['*\n*', '*\n*\n甲', '*\n*\n1', '甲\n\n*\n*\n***乙**', '*\n*[目录](/catalogue)', '*\n*{{1.1}}'])(
    'emphasis of nothing but space before the first word says nothing: %j',
    (source) => {
      expect(meaning(writeSource(readSource(source)))).toEqual(meaning(source));
    },
  );

  test('settles after one round', () => {
    fc.assert(
      fc.property(anySource, (source) => {
        const once = writeSource(readSource(source));
        expect(writeSource(readSource(once))).toBe(once);
      }),
      { numRuns: 1500 },
    );
  });
});

const words = fc
  .array(
    fc.constantFrom(
      '甲',
      '乙 丙',
      '5*3',
      '[1](2)',
      '{{',
      '\\',
      '# ',
      '- x',
      '1. ',
      '“放管服”',
      'a',
      '{',
      '_',
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => parts.join('').trim())
  .filter((text) => text !== '');
const inline = fc.oneof(
  fc
    .tuple(words, fc.boolean(), fc.boolean())
    .map(([text, strong, em]) =>
      schema.text(text, [...(strong ? [schema.mark('strong')] : []), ...(em ? [schema.mark('em')] : [])]),
    ),
  fc.constantFrom('1.1', '2.2.3|approx', 'prev:1.1').map((ref) => schema.node('figure', { ref })),
  fc
    .constantFrom('/catalogue', 'https://example.org/?a=1')
    .map((href) => schema.text('见此处', [schema.mark('link', { href })])),
);
const paragraph = fc
  .array(inline, { minLength: 1, maxLength: 5 })
  .map((inlines) => schema.node('paragraph', null, inlines));
const block: fc.Arbitrary<Node> = fc.oneof(
  paragraph,
  fc
    .tuple(paragraph, fc.constantFrom(1, 2))
    .map(([text, level]) => schema.node('heading', { level }, text.content)),
  fc.tuple(fc.array(paragraph, { minLength: 1, maxLength: 3 }), fc.boolean()).map(([items, ordered]) =>
    schema.node(
      ordered ? 'ordered_list' : 'bullet_list',
      null,
      items.map((item) => schema.node('list_item', null, item)),
    ),
  ),
);
const anyDocument = fc
  .array(block, { minLength: 1, maxLength: 5 })
  .map((blocks) => schema.node('doc', null, blocks));

describe('document to source and back', () => {
  test('gives the same document, for any document', () => {
    fc.assert(
      fc.property(anyDocument, (doc) => {
        expect(readSource(writeSource(doc)).toJSON()).toEqual(doc.toJSON());
      }),
      { numRuns: 2000 },
    );
  });

  test('leaves out what is empty', () => {
    const empty = schema.node('paragraph');
    const doc = schema.node('doc', null, [
      empty,
      schema.node('heading'),
      schema.node('bullet_list', null, [schema.node('list_item', null, empty)]),
    ]);
    expect(writeSource(doc)).toBe('');
    expect(readSource('').toJSON()).toEqual(schema.node('doc', null, [empty]).toJSON());
  });

  test('writes what officials write without a single escape', () => {
    const source =
      '## （一）加强领导\n\n全年公开{{1.1}}条[2018]，**“放管服”**改革5项。\n\n- 甲\n- 乙\n\n1. 子\n2. 丑';
    expect(writeSource(readSource(source))).toBe(source);
  });
});

test.each([
  ['https://example.org/a(b) c', 'https://example.org/a%28b%29%20c'],
  [' /catalogue ', '/catalogue'],
  ['mailto:a@b.cn', 'mailto:a@b.cn'],
  ['javascript:alert(1)', null],
  ['//evil.example', null],
  ['data:text/html,x', null],
])('the link %s is carried as %s', (given, carried) => {
  expect(readHref(given)).toBe(carried);
});
