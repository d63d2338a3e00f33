/** What a number in prose covers: which year, and whether the whole report or only a part of it. */
export interface Scope {
  /** The year the sentence speaks of; null when it names none. */
  year: number | null;
  /** The words that narrow or widen it, e.g. 代表区政府, 截至; null when it is the report's own scope. */
  narrowed: string | null;
  /** A difference against another year rather than a number of its own. */
  isChange: boolean;
}

const sentenceEnd = '。！？!?；;\n';
/** Words that change what the rest of their sentence counts, and those that do so for their own clause only. */
const otherScope =
  /代表[^，,。]{0,8}?(?:政府|机关|局|委)|(?:本级|机关本部|本办)|[上下]半年|季度|累计|截[至止]|历年|以来|(?<![0-9])[0-9]{1,2}(?:[-—至][0-9]{1,2})?月份?(?![0-9])/u;
const otherScopeOfClause =
  /办公[室厅](?=[^，,]{0,8}(?:受理|收到|接收|办理|答复))|各(?:部门|单位|镇|乡|街道|区|县|科室|委办局)|(?:下属|所属|直属|市直|区直|县直)|每[年月周日季]|不[少低]于|至少|计划|力争|目标/u;
const change =
  /(?<!新)(?:增长|增加|增幅|增(?=[0-9了约近至])|减少|减幅|下降|上升|提高|降低|回落|同比|环比)[^，,。；;、]{0,6}(?<![到至])$|(?:较|比)[^，,。；;、]{0,10}(?:多|少)了?$/u;
const yearMention =
  /(?<compared>较|比|与|同|和|相较于?)?(?:(?<year>20[0-9]{2})年(?!度?(?:底|末)?结转)|(?<last>上一?年(?!度?结转)|去年|上年度(?!结转))|(?<own>本年|今年|全年|当年|年内))/gu;

/** How much of the text before a number tells its scope: sentences of official prose run long, but not endlessly. */
const reach = 240;

/** The scope of the number that starts at `at`; `year` is the report's. */
export function scopeAt(text: string, at: number, year: number): Scope {
  const before = withoutTitlesAndPeriods(text.slice(sentenceStart(text, at), at));
  const clause = before.slice(Math.max(before.lastIndexOf('，'), before.lastIndexOf(',')) + 1);
  return {
    year: yearOf(before, year),
    narrowed: (otherScope.exec(before) ?? otherScopeOfClause.exec(clause))?.[0] ?? null,
    isChange: change.test(clause),
  };
}

/** Whether the number at `at` is a difference against another year: 增长20%, 同比增加15件. */
export function isChangeAt(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 24), at);
  return change.test(before.slice(Math.max(...[...'，,。；;'].map((mark) => before.lastIndexOf(mark))) + 1));
}

/** Where the sentence begins that a position lies in. */
export function sentenceStart(text: string, at: number): number {
  const from = Math.max(0, at - reach);
  for (let index = at - 1; index >= from; index--) if (sentenceEnd.includes(text[index]!)) return index + 1;
  return from;
}

function yearOf(before: string, year: number): number | null {
  let found: number | null = null;
  for (const { groups, index, 0: words } of before.matchAll(yearMention)) {
    const after = before.slice(index + words.length);
    // 较2022年增长, then a number of this year: what is compared with is not what is counted.
    if (groups?.compared && /[，,]|增|减|升|降|多|少|相比|持平/u.test(after)) continue;
    found = groups?.year ? Number(groups.year) : groups?.last ? year - 1 : year;
  }
  return found;
}

/** Titles of documents hold years of their own, and the whole year is no part of it. */
function withoutTitlesAndPeriods(text: string): string {
  return text
    .replace(/《[^《》]*》?/gu, '')
    .replace(/1月1日起?[至到—~-]{1,2}(?:20[0-9]{2}年)?12月31日(?:止|期间)?/gu, '');
}
