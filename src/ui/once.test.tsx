import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { Once } from './once.tsx';
import { usePage } from './page-context.ts';

describe('a block that stands in many pages', () => {
  const facts = { name: '<通知>' };
  let made = 0;
  const block = (of: { name: string }, name = 'list') =>
    renderToString(
      <Once of={of} name={name} class="side" id="beside">
        {() => {
          made += 1;
          return <b>{of.name}</b>;
        }}
      </Once>,
    );

  it('is made once for its facts and its name, and escapes what it shows', () => {
    made = 0;
    expect(block(facts)).toBe('<div id="beside" class="side"><b>&lt;通知></b></div>');
    expect(block(facts)).toBe(block(facts));
    expect(made).toBe(1);
    block(facts, 'other');
    expect(made).toBe(2);
  });

  it('is made anew for other facts', () => {
    expect(block({ name: '甲' })).toContain('甲');
    expect(block({ name: '乙' })).toContain('乙');
  });

  it('knows nothing of the page it stands in', () => {
    const asking = () => <b>{usePage().path}</b>;
    const part = (
      <Once of={{}} name="asking" class="">
        {asking}
      </Once>
    );
    expect(() => renderToString(part)).toThrow('outside reply.page()');
  });
});
