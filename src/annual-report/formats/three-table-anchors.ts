import type { CellPick, ProseAnchor, RowSpec } from './format.ts';

const items = '(?:件|条|份|宗|起|个)';
const application = '(?:政府)?(?:信息公开|依申请公开(?:政府)?(?:信息)?|信息)的?申请(?:事项|数|数量|总数)?';
/** Taken in through one channel only is part of the total; `共` and `累计` make it the total after all. */
const notOneChannel =
  '(?<!(?:网站|网络|网上|信函|当面|邮箱|邮件|邮寄|现场|窗口|平台|传真|微信)(?:在线|申请|方式|渠道)?)';
const received = `(?:共|累计)?(?:新?收到|新收|接收|受理)`;

const total = (row: string): CellPick => ({ row, column: 'total' });
const sumOf = (prefix: string, count: number): CellPick[] =>
  Array.from({ length: count }, (_, index) => total(`${prefix}.${index + 1}`));

const organisations = ['company', 'research', 'publicWelfare', 'legalService', 'other'];
const byApplicant = (columns: readonly string[], patterns: readonly string[]): ProseAnchor => {
  const picks = (row: string) => columns.map((column) => ({ row, column }));
  return {
    row: '1',
    column: columns[0]!,
    cells: picks('1'),
    alternatives: [[...picks('1'), ...picks('2')], picks('3.7')],
    patterns,
  };
};

const result = (row: string, words: string, cells: readonly CellPick[]): ProseAnchor => ({
  row,
  column: 'total',
  ...(cells.length > 1 && { cells }),
  patterns: [`${words}(?:的)?(?:申请)?…{n}${items}`],
});

/** Wordings met in reports since 2019 that state a cell of tables 2 and 3, or what the text alone reports. */
export function threeTableAnchors(otherOutcomes: readonly RowSpec[]): readonly ProseAnchor[] {
  const others = otherOutcomes.filter(({ kind }) => kind !== 'heading').map(({ code }) => total(code));
  return [
    {
      row: '1',
      column: 'total',
      alternatives: [[total('1'), total('2')]],
      patterns: [
        `${notOneChannel}${received}(?:的)?(?:群众|公众|公民|社会公众|申请人)?(?:提交|提出)?(?:的)?(?:各类)?${application}…{n}${items}`,
        `${notOneChannel}${received}依申请公开(?:政府)?(?:信息)?(?:件)?…{n}${items}`,
        `${notOneChannel}${received}{n}${items}${application}`,
        `本年新收政府信息公开申请数量…{n}${items}`,
      ],
      zero: [`(?:没有|未|没)(?:收到|接到|受理)[^。;；]{0,12}${application}`],
    },
    {
      row: '2',
      column: 'total',
      patterns: [
        `上年(?:度)?结转(?:的)?(?:${application})?…{n}${items}`,
        `结转上年(?:度)?(?:的)?(?:${application})?…{n}${items}`,
      ],
    },
    {
      row: '1',
      column: 'total',
      cells: [total('1'), total('2')],
      alternatives: [[total('1')], [total('3.7')]],
      patterns: [`(?:共|累计)?(?:办理|处理|收办)(?:的)?${application}…{n}${items}`],
    },
    {
      row: '3.7',
      column: 'total',
      patterns: [
        `办结(?:的)?${application}…{n}${items}`,
        `${application}(?:已|均已|全部|共)?办结…{n}${items}`,
        `本年(?:度)?(?:共)?办结(?:申请)?…{n}${items}`,
        // After requests were spoken of; hotlines and proposals are concluded as well.
        `(?:全年|年内)(?:共|累计)?办结(?<=信息公开申请[^\\n]{0,200}){n}${items}(?!(?:人大|政协|建议|提案))`,
      ],
    },
    result('3.1', '予以公开', []),
    result('3.2', '部分公开', []),
    result('3.3.1', '不予公开', sumOf('3.3', 8)),
    result('3.4.1', '无法提供', sumOf('3.4', 3)),
    result('3.5.1', '不予处理', sumOf('3.5', 5)),
    result(others[0]?.row ?? '', '其他处理', others),
    {
      row: '4',
      column: 'total',
      patterns: [
        `(?:结转|转)(?:至|到|入)?(?:下年|下一年|次年)(?:度)?(?:继续)?(?:办理)?(?:的)?(?:申请)?…{n}${items}`,
        `{n}${items}(?:申请)?结转(?:至|到|入)?(?:下年|下一年|次年)`,
      ],
    },
    byApplicant(['naturalPerson'], [`自然人(?:申请|提出|提交)?(?:的)?(?:申请)?…{n}${items}`]),
    byApplicant(organisations, [
      `法人(?:或者|或|和|及|、)?其他组织(?:申请|提出|提交)?(?:的)?(?:申请)?…{n}${items}`,
    ]),
    byApplicant(['company'], [`商业企业(?:申请|提出|提交)?(?:的)?(?:申请)?…{n}${items}`]),
    byApplicant(['research'], [`科研机构(?:申请|提出|提交)?(?:的)?(?:申请)?…{n}${items}`]),
    byApplicant(['publicWelfare'], [`社会公益组织(?:申请|提出|提交)?(?:的)?(?:申请)?…{n}${items}`]),
    byApplicant(['legalService'], [`法律服务机构(?:申请|提出|提交)?(?:的)?(?:申请)?…{n}${items}`]),
    {
      row: 'R',
      column: 'reconsiderationTotal',
      patterns: [`行政复议(?:案件|申请)?…{n}(?:件|起|宗)`],
      zero: ['(?:没有|未发生|未收到|无)[^。;；]{0,24}行政复议'],
    },
    {
      row: 'R',
      column: 'directTotal',
      cells: [
        { row: 'R', column: 'directTotal' },
        { row: 'R', column: 'afterReconsiderationTotal' },
      ],
      patterns: [`行政诉讼(?:案件)?…{n}(?:件|起|宗)`],
      zero: ['(?:没有|未发生|未收到|无)[^。;；]{0,32}行政诉讼'],
    },
    { row: 'R', column: 'directTotal', patterns: ['未经复议直接起诉(?:的)?…{n}(?:件|起|宗)'] },
    { row: 'R', column: 'afterReconsiderationTotal', patterns: ['复议后起诉(?:的)?…{n}(?:件|起|宗)'] },
    {
      row: 'F1',
      patterns: ['收取(?:[^。;；,，]{0,16})(?:信息处理费|处理费|费用)…{n}万元'],
      zero: ['(?:未|没有)(?:向[^。;；，,]{1,12})?收取[^。;；]{0,24}(?:费用|处理费)'],
    },
    { row: 'F2', patterns: ['发出收费通知…{n}(?:件|份)'] },
    { row: 'P5.1', column: 'decisions', patterns: decided('行政许可') },
    { row: 'P6.1', column: 'decisions', patterns: decided('行政处罚') },
    { row: 'P6.2', column: 'decisions', patterns: decided('行政强制') },
  ];
}

/** Decisions made, not items published: `公示行政许可 120 条` counts something else. */
function decided(kind: string): string[] {
  return [
    `(?:作出|做出|办理|实施)${kind}(?:事项|案件)?(?:处理)?(?:决定)?…{n}(?:件|宗|项|起)`,
    `${kind}(?:事项)?(?:处理)?决定(?:数量|数)?…{n}(?:件|宗|项|起)`,
  ];
}
