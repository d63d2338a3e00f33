import { expect, test } from 'vitest';
import { visibleLine, visibleText } from './visible-text.ts';

test.each([
  [' 张三 ', '张三'],
  ['\u200b', ''],
  ['\u202e21\u202c 号', '21 号'],
  ['王\u200d小\u00ad明', '王小明'],
  ['一\r\n二\t三', '一 二 三'],
  ['䶮𠮷\u0301', '䶮𠮷\u0301'],
])('%j is seen as %j', (text, line) => expect(visibleLine(text)).toBe(line));

test.each([
  ['一\r\n\r\n二\u0007', '一\n\n二'],
  ['共 \u202e21\u202c 件', '共 21 件'],
  ['\t缩进\u200d', '\t缩进\u200d'],
])('%j keeps its paragraphs', (text, seen) => expect(visibleText(text)).toBe(seen));
