import type { FastifyRequest } from 'fastify';
import { NotFound } from '../../core/refusal.ts';

/** The unit and reporting year an address names. @throws NotFound */
export function unitAndYear(request: FastifyRequest): { unitId: number; year: number } {
  const { unit = '', year = '' } = request.params as { unit?: string; year?: string };
  if (!/^20\d\d$/.test(year)) throw new NotFound('没有这个年度的报告。');
  return { unitId: idOf(unit, '没有找到这个报送单位。'), year: Number(year) };
}

/** A number of a record as it stands in an address or a form. @throws NotFound */
export function idOf(value: unknown, what: string): number {
  if (typeof value !== 'string' || !/^[1-9]\d{0,14}$/.test(value)) throw new NotFound(what);
  return Number(value);
}

/** The text fields of an address or a posted form; several of one name come through `listed`. */
export function fieldsOf(source: unknown): (name: string) => string {
  const values = (source ?? {}) as Record<string, unknown>;
  return (name) => (typeof values[name] === 'string' ? values[name].trim().slice(0, 5000) : '');
}

export function listed(source: unknown, name: string, most: number): string[] {
  const value = ((source ?? {}) as Record<string, unknown>)[name];
  const all = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return all.filter((one): one is string => typeof one === 'string').slice(0, most);
}
