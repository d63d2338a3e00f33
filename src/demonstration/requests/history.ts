import { Temporal } from 'temporal-polyfill';
import type { Applicant, ApplicantKind } from '../../areas/requests/index.ts';
import type { Channel, WorkingCalendar } from '../../law/index.ts';
import { type Random, randomOf } from '../report-set/random.ts';
import { inventApplicant } from './applicants.ts';
import { stepsOf } from './course.ts';
import type { Consultation, Matter, Step, Story } from './model.ts';
import { inventSubject, unitCodes } from './subjects.ts';

/** How many requests came under each law, by their result. */
const resultsOf492: Readonly<Record<string, number>> = {
  A1: 6,
  A2: 10,
  A3: 4,
  'A4.1': 1,
  'A4.2': 2,
  'A4.3': 1,
  'A4.4': 1,
  'A4.5': 1,
  'A4.6': 1,
  A5: 4,
  A6: 4,
  A7: 1,
  A8: 2,
  withdrawn: 2,
};
const resultsOf711: Readonly<Record<string, number>> = {
  'B1.1': 72,
  'B1.2': 114,
  B2: 38,
  'B3.1': 3,
  'B3.2': 3,
  'B3.3': 3,
  'B3.4': 18,
  'B3.5': 8,
  'B3.6': 14,
  'B3.7': 10,
  'B3.8': 14,
  'B4.1': 56,
  'B4.2': 14,
  'B4.3': 8,
  'B5.1': 12,
  'B5.2': 10,
  'B5.3': 4,
  'B5.4': 3,
  'B5.5': 5,
  'B6.1': 14,
  'B6.2': 6,
  'B6.3': 3,
  withdrawn: 14,
};

/** 国办函〔2020〕109号 takes effect. */
const FEES_FROM = '2021-01-01';
const NEW_LAW = '2019-05-15';

/** Requests of one applicant in one month, so that the later ones are charged by piece. */
const CROWD = {
  from: '2022-06-01',
  results: 'B1.1 B1.2 B1.1 B4.1 B1.2 B1.1 B1.1 B1.2 B4.1 B1.2 B1.2 B1.2 B5.4 B1.2'.split(' '),
};
/** Forms that hold several matters, by the number of matters. */
const SPLIT: readonly number[] = [2, 3, 2, 4];

/** Five hundred requests received from December 2018 to December 2023, the last of them concluded early in 2024. */
export function inventHistory(calendar: WorkingCalendar): Story[] {
  const random = randomOf('requests of anping');
  const old = datesBetween('2018-12-10', '2019-05-14', 38, random);
  const recent = datesBetween(NEW_LAW, '2023-12-29', 444, random);
  // The last day of the old law and the first of the new one are both seen.
  const stories = [
    ...tell([...old, '2019-05-14', '2019-05-14'], resultsOf492, calendar, random),
    ...tell([...recent, NEW_LAW, NEW_LAW], resultsOf711, calendar, random),
    ...tellOfCrowd(calendar, random),
  ];
  return stories.map((story, index) => ({ ...story, key: `r${index + 1}` }));
}

/** The acts of a history in the order they happened. */
export function actsOf(stories: readonly Story[], calendar: WorkingCalendar): (Step & { at: string })[] {
  return inOrder(stories.flatMap((story) => stepsOf(story, calendar, randomOf(`course of ${story.key}`))));
}

/** Acts by day, as given within a day, each at its own moment. */
export function inOrder(steps: readonly Step[]): (Step & { at: string })[] {
  const dated = steps.map((step) => ({ step, day: step.on.toString() }));
  const sorted = dated.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  let before = '';
  let order = 0;
  return sorted.map(({ step, day }) => {
    order = day === before ? order + 1 : 0;
    before = day;
    const minutes = 9 * 60 + order;
    const two = (number: number) => String(number).padStart(2, '0');
    return { ...step, at: `${day}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00+08:00` };
  });
}

function tell(
  days: readonly string[],
  results: Readonly<Record<string, number>>,
  calendar: WorkingCalendar,
  random: Random,
): Omit<Story, 'key'>[] {
  const deck = shuffled(
    Object.entries(results).flatMap(([result, count]) => Array.from({ length: count }, () => result)),
    random,
  );
  const sorted = days.toSorted();
  const stories: Omit<Story, 'key'>[] = [];
  const answered: { applicant: Applicant; title: string; day: string }[] = [];
  const splits = sorted[0] !== undefined && sorted[0] < NEW_LAW ? [] : [...SPLIT];
  let place = 0;
  while (place < sorted.length) {
    const day = sorted[place] as string;
    const many = place > 60 && place % 90 === 0 ? (splits.shift() ?? 1) : 1;
    const matters = Array.from({ length: Math.min(many, sorted.length - place) }, () =>
      invent(take(deck, day), day, random),
    );
    place += matters.length;
    stories.push(storyOf(day, matters, { calendar, random, answered }));
  }
  return stories;
}

/** The next result that can happen on that day. */
function take(deck: string[], day: string): string {
  const place = deck.findIndex((result) => result !== 'B6.2' || day >= FEES_FROM);
  const [result] = deck.splice(Math.max(0, place), 1);
  return result ?? 'B1.1';
}

function invent(result: string, day: string, random: Random): Matter {
  const unit = random.pick(unitCodes);
  const consultation = consultationOf(result, day, random);
  const correction = correctionOf(result, random);
  const fee = feeOf(result, day, consultation, random);
  const plain = result !== 'withdrawn' && correction !== 'lapsed' && fee === null;
  return {
    title: inventSubject(unit, Number(day.slice(0, 4)), random),
    unit,
    secondUnit: random.chance(0.06) ? random.pick(unitCodes.filter((code) => code !== unit)) : null,
    result,
    correction,
    pace: !plain ? 'in-time' : random.pick(PACES),
    consultation,
    fee,
    sentBackBy: plain && random.chance(0.08) ? random.pick(['legal', 'secrecy', 'leader'] as const) : null,
    dispute: random.chance(0.05)
      ? random.pick(['complaint', 'reconsideration', 'litigation'] as const)
      : null,
    answeredBefore: null,
  };
}

/** Of twenty requests sixteen are answered in time without more. */
const PACES = [
  ...Array.from({ length: 16 }, () => 'in-time' as const),
  'extended',
  'extended',
  'refused-extension',
  'late',
] as const;

function correctionOf(result: string, random: Random): Matter['correction'] {
  if (result === 'B6.1') return 'lapsed';
  if (result === 'B4.3') return 'answered';
  return result !== 'withdrawn' && random.chance(0.12) ? 'answered' : 'none';
}

function consultationOf(result: string, day: string, random: Random): Consultation | null {
  const silentOk = day >= NEW_LAW;
  if (result === 'A4.2' || result === 'A4.3') return { party: 'third-party', opinion: 'disagree' };
  if (result === 'B3.4') {
    return {
      party: 'third-party',
      opinion: random.pick(['disagree', 'disagree', 'partly', 'silence'] as const),
    };
  }
  if (!['A2', 'A3', 'B1.2', 'B2'].includes(result) || !random.chance(0.2)) return null;
  if (silentOk && random.chance(0.25)) {
    return { party: 'co-producer', opinion: random.pick(['agree', 'silence'] as const) };
  }
  const opinions = ['agree', 'agree', 'disagree', 'partly'] as const;
  const opinion = random.pick(opinions);
  return { party: 'third-party', opinion: silentOk && random.chance(0.15) ? 'silence' : opinion };
}

function feeOf(
  result: string,
  day: string,
  consultation: Consultation | null,
  random: Random,
): Matter['fee'] {
  if (result === 'B6.2') return { method: 'page', pages: random.int(60, 260), paid: false, refund: false };
  if (result !== 'B1.2' || day < FEES_FROM || consultation !== null || !random.chance(0.15)) return null;
  return { method: 'page', pages: random.int(45, 320), paid: true, refund: random.chance(0.3) };
}

function storyOf(
  day: string,
  matters: readonly Matter[],
  given: {
    calendar: WorkingCalendar;
    random: Random;
    answered: { applicant: Applicant; title: string; day: string }[];
  },
): Omit<Story, 'key'> {
  const { calendar, random, answered } = given;
  const [first] = matters;
  const earlier =
    first?.result === 'B5.2' ? answered.findLast((one) => one.day < monthBefore(day)) : undefined;
  const applicant = earlier?.applicant ?? inventApplicant(random.pick(KINDS), random);
  const submittedOn = Temporal.PlainDate.from(day);
  const channel = channelOf(submittedOn, calendar, random);
  const parts = matters.map((matter, index) => ({
    ...matter,
    ...(earlier &&
      index === 0 && { title: earlier.title, answeredBefore: `本机关于${earlier.day}后作出的答复书` }),
  }));
  const title = parts.length === 1 ? (parts[0]?.title ?? '') : `${parts[0]?.title}等${parts.length}项`;
  if (matters.length === 1 && first && ['B1.2', 'B4.1'].includes(first.result) && first.fee === null)
    answered.push({ applicant, title, day });
  return {
    submittedOn,
    channel,
    oral: channel === 'in-person' && applicant.kind === 'natural-person' && random.chance(0.15),
    applicant,
    title,
    content: `申请公开${parts.map((part) => `《${part.title}》`).join('、')}。`,
    parts,
    // Confirmed before the new law takes effect, or the answer would be of the wrong law.
    confirmedAfter: !confirmation(channel, day)
      ? null
      : day > '2019-05-07' && day < NEW_LAW
        ? 0
        : random.int(0, 3),
  };
}

/** One applicant asks day after day; from the eleventh request of the month on what is handed out is charged by piece. */
function tellOfCrowd(calendar: WorkingCalendar, random: Random): Omit<Story, 'key'>[] {
  const applicant = inventApplicant('natural-person', random);
  const from = Temporal.PlainDate.from(CROWD.from);
  return CROWD.results.map((result, index) => {
    const submittedOn = calendar.workingDayAfter(from, index);
    const unit = random.pick(unitCodes);
    const matter: Matter = {
      title: inventSubject(unit, submittedOn.year, random),
      unit,
      secondUnit: null,
      result,
      correction: 'none',
      pace: 'in-time',
      consultation: null,
      fee: index >= 10 && result === 'B1.2' ? { method: 'piece', pages: 0, paid: true, refund: false } : null,
      sentBackBy: null,
      dispute: null,
      answeredBefore: null,
    };
    const { title } = matter;
    const common = {
      submittedOn,
      channel: 'internet',
      oral: false,
      applicant,
      title,
      confirmedAfter: 0,
    } as const;
    return { ...common, content: `申请公开《${title}》。`, parts: [matter] };
  });
}

const KINDS: readonly ApplicantKind[] = [
  ...Array.from({ length: 12 }, () => 'natural-person' as const),
  'company',
  'company',
  'company',
  'research',
  'public-welfare',
  'legal-service',
  'legal-service',
  'other',
];

/** Whether both sides confirm the receipt: not of what is handed over or signed for, and of e-mail only since 2019. */
function confirmation(channel: Channel, day: string): boolean {
  if (channel === 'email') return day >= NEW_LAW;
  return channel === 'internet' || channel === 'fax' || channel === 'ordinary-post';
}

function channelOf(day: Temporal.PlainDate, calendar: WorkingCalendar, random: Random): Channel {
  const sent = ['internet', 'internet', 'internet', 'email'] as const;
  if (!calendar.isWorkingDay(day)) return random.pick(sent);
  return random.pick([...sent, 'in-person', 'in-person', 'signed-post', 'ordinary-post', 'fax'] as const);
}

function datesBetween(from: string, to: string, count: number, random: Random): string[] {
  const start = Temporal.PlainDate.from(from);
  const days = start.until(to, { largestUnit: 'days' }).days;
  return Array.from({ length: count }, () => start.add({ days: random.int(0, days) }).toString());
}

const monthBefore = (day: string): string => Temporal.PlainDate.from(day).subtract({ days: 60 }).toString();

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const rest = [...items];
  return Array.from({ length: items.length }, () => rest.splice(random.int(0, rest.length - 1), 1)[0] as T);
}
