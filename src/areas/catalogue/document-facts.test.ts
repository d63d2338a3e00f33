import { expect, test } from 'vitest';
import { factsIn } from './document-facts.ts';

const document = (number: string, day: string) =>
  `昆明高新区管委会文件\n${number}\n关于做好防汛工作的通知\n各部门：\n现就防汛工作通知如下。\n昆明高新区管委会\n${day}\n（此件公开发布）`;

test.each<[string, string, string, string | null]>([
  ['昆高开发〔2018〕12号', '2018年3月5日', '昆高开发〔2018〕12号', '2018-03-05'],
  ['昆高开发[2018]12号', '2018 年 12 月 31 日', '昆高开发〔2018〕12号', '2018-12-31'],
  ['昆高开发（２０１８）１２号', '二〇一八年三月五日', '昆高开发〔2018〕12号', '2018-03-05'],
  ['昆高开发〔2018〕12号', '二○一八年十二月三十一日', '昆高开发〔2018〕12号', '2018-12-31'],
  ['国务院令第711号', '二〇一八年二月十日', '国务院令第711号', '2018-02-10'],
  ['昆高开发2018年12号', '2018年2月30日', '', null],
  ['依据昆高开发〔2018〕12号文件', '自2018年3月5日起施行', '', null],
  ['', '二〇一八年百月五日', '', null],
  ['', '2018-03-05', '', null],
])('%j and %j', (number, day, documentNumber, formedOn) =>
  expect(factsIn(document(number, day))).toEqual({ documentNumber, formedOn }),
);

test('a number in the middle of a long text and a day at its beginning are not those of the document', () => {
  const text = ['2018年3月5日', ...Array.from({ length: 30 }, () => '正文'), '昆高开发〔2018〕12号', '附件'];
  expect(factsIn(text.join('\n'))).toEqual({ documentNumber: '', formedOn: null });
});
