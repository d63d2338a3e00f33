/** A list of people as text: one person a line, name first, then unit; what Excel puts between cells becomes one space. */
export function peopleOf(text: string): string[] {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/[\s\u3000]+/g, ' ').trim())
    .filter((line) => line !== '');
  return /^(序号 )?姓名( |$)/.test(lines[0] ?? '') ? lines.slice(1) : lines;
}

/** What is wrong with the list, or null. The same line twice would count one person twice at one training. */
export function peopleProblem(people: readonly string[]): string | null {
  const seen = new Map<string, number>();
  for (const [index, person] of people.entries()) {
    if (person.length > 100) return `名单第 ${index + 1} 行过长，一行只写一人的姓名和部门。`;
    const before = seen.get(person);
    if (before !== undefined)
      return `名单第 ${index + 1} 行与第 ${before} 行相同：${person}。请删去一行；同名不同人的，请在姓名后加注区别。`;
    seen.set(person, index + 1);
  }
  return null;
}
