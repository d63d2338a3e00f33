import { Temporal } from 'temporal-polyfill';
import type { Applicant, ApplicantKind } from '../../areas/requests/index.ts';
import { checkCreditCode, checkResidentNumber } from '../../law/index.ts';
import type { Random } from '../report-set/random.ts';

/** A division code that was never given out: nobody has a number that begins so. */
const NOWHERE = '539999';
const LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const FAR = Temporal.PlainDate.from('2100-01-01');

const surnames = [...'林苏温程陆沈方顾许江秦贺蓝夏季罗'];
const givenNames =
  '知远 若溪 明轩 雨桐 思齐 景行 安然 书瑶 子墨 清和 一诺 望舒 嘉言 修远 念慈 长青 云舒 怀瑾 星野 晚晴'.split(
    ' ',
  );
const streets = '和平路 建设街 文昌巷 滨河路 公园街 新民路'.split(' ');

const names: Readonly<Record<Exclude<ApplicantKind, 'natural-person'>, readonly string[]>> = {
  company: ['远山商贸有限公司', '青禾建筑工程有限公司', '恒泽物业服务有限公司', '三叶餐饮管理有限公司'],
  research: ['示例大学城乡治理研究所', '示例省公共政策研究院'],
  'public-welfare': ['绿野环境保护协会', '暖阳社区服务中心'],
  'legal-service': ['明理律师事务所', '衡正律师事务所'],
  other: ['安平花园小区业主委员会', '河湾村村民委员会'],
};

/** An invented applicant; no number, telephone or address belongs to anybody. */
export function inventApplicant(kind: ApplicantKind, random: Random): Applicant {
  const person = `${random.pick(surnames)}${random.pick(givenNames)}`;
  const phone = `1380000${String(random.int(0, 9999)).padStart(4, '0')}`;
  const address = `示例市安平区${random.pick(streets)}${random.int(1, 199)}号`;
  const common = { kind, identityNote: '', email: '', phone, address, postcode: '999000' };
  if (kind === 'natural-person') {
    return {
      ...common,
      name: person,
      identityKind: 'resident',
      identityNumber: residentNumber(random),
      representative: '',
      contactPerson: '',
    };
  }
  return {
    ...common,
    name: random.pick(names[kind]),
    identityKind: 'uscc',
    identityNumber: creditCode(random),
    representative: person,
    contactPerson: person,
  };
}

function residentNumber(random: Random): string {
  const year = random.int(1955, 1998);
  const two = (number: number) => String(number).padStart(2, '0');
  const born = `${year}${two(random.int(1, 12))}${two(random.int(1, 28))}`;
  const start = `${NOWHERE}${born}${String(random.int(1, 999)).padStart(3, '0')}`;
  return completed(start, (number) => checkResidentNumber(number, FAR).problem === null);
}

function creditCode(random: Random): string {
  const body = Array.from({ length: 9 }, () => random.pick([...LETTERS])).join('');
  return completed(`91${NOWHERE}${body}`, (number) => checkCreditCode(number).problem === null);
}

/** With the one last character that makes the number sound. */
function completed(start: string, sound: (number: string) => boolean): string {
  const last = [...LETTERS, 'X'].find((character) => sound(`${start}${character}`));
  return `${start}${last}`;
}
