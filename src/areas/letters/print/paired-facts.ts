/** One fact of a form: a label and what it says; a wide one has its row to itself. */
export interface Fact {
  label: string;
  value: string;
  wide?: boolean;
}

/** Two facts share a row; one that stands alone in its row takes all of it. */
export function pairedFacts(facts: readonly Fact[]): [Fact, Fact?][] {
  const rows: [Fact, Fact?][] = [];
  for (const fact of facts) {
    const last = rows.at(-1);
    if (!fact.wide && last?.length === 1 && !last[0].wide) rows[rows.length - 1] = [last[0], fact];
    else rows.push([fact]);
  }
  return rows;
}
