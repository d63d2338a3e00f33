/** How good a list of results is: `ndcg` over the first ten, and the share of the relevant ones among them. */
export interface Quality {
  ndcg: number;
  recall: number;
}

const FIRST = 10;

/** Of ten or more relevant documents, ten can be among the first ten: recall is measured against what is possible. */
export function qualityOf(found: readonly string[], grades: ReadonlyMap<string, number>): Quality {
  const first = found.slice(0, FIRST);
  const gain = first.reduce((sum, id, place) => sum + discounted(grades.get(id) ?? 0, place), 0);
  const best = [...grades.values()].filter((grade) => grade > 0).sort((a, b) => b - a);
  const ideal = best.slice(0, FIRST).reduce((sum, grade, place) => sum + discounted(grade, place), 0);
  const got = first.filter((id) => (grades.get(id) ?? 0) > 0).length;
  return {
    ndcg: ideal === 0 ? 0 : gain / ideal,
    recall: best.length === 0 ? 0 : got / Math.min(best.length, FIRST),
  };
}

const discounted = (grade: number, place: number): number => (2 ** grade - 1) / Math.log2(place + 2);

export const mean = (list: readonly number[]): number =>
  list.length === 0 ? 0 : list.reduce((sum, one) => sum + one, 0) / list.length;

export function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round((sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0) * 10) / 10;
}
