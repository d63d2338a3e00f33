import type { Temporal } from 'temporal-polyfill';
import { Refusal } from '../core/refusal.ts';
import { type DayNumber, dateOf, dayNumber, parseDay } from './day-number.ts';
import { statute } from './statutes.ts';

export type RegimeCode = 'R2008' | 'R2019';

/** The Regulation a request is handled under. Chosen by the received date and stored on the request, never by today. */
export interface Regime {
  code: RegimeCode;
  /** Order number of the State Council, as the command line prints it. */
  order: '492' | '711';
  title: string;
  from: DayNumber;
  /** 492 asked for 生产、生活、科研等特殊需要; 711 removed it. */
  needTest: boolean;
  /** Identity proof for every request (711/29), or only for information about oneself (492/25). */
  identityProof: 'every-request' | 'about-oneself';
}

function regime(
  code: RegimeCode,
  order: '492' | '711',
  rest: Pick<Regime, 'needTest' | 'identityProof'>,
): Regime {
  const { title, number, from } = statute(order);
  return {
    code,
    order,
    title: `《${title}》（${number}）`,
    from: parseDay(from as string) as DayNumber,
    ...rest,
  };
}

export const regimes: Readonly<Record<RegimeCode, Regime>> = {
  R2008: regime('R2008', '492', { needTest: true, identityProof: 'about-oneself' }),
  R2019: regime('R2019', '711', { needTest: false, identityProof: 'every-request' }),
};

/**
 * The regime of a request received on that date. A request received on 2019-05-14 keeps 492 to its end: the Regulation has
 * no transitional article, so the received date decides.
 * @throws Refusal before 2008-05-01, when there was no Regulation.
 */
export function regimeAt(received: Temporal.PlainDate): Regime {
  return regimeOn(dayNumber(received));
}

export function regimeOn(received: DayNumber): Regime {
  if (received >= regimes.R2019.from) return regimes.R2019;
  if (received >= regimes.R2008.from) return regimes.R2008;
  throw new Refusal(
    'before-the-regulation',
    `${dateOf(received)} 早于2008-05-01，《政府信息公开条例》尚未施行，没有法定期限可算`,
  );
}
