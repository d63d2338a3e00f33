/** While a list of people is pasted or an amount typed, says how many they are and what it is in 万元. */
for (const output of document.querySelectorAll<HTMLOutputElement>('output[data-people-of]')) {
  follow(output, output.dataset.peopleOf, (text) => {
    const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
    const headed = /^(序号\s+)?姓名(\s|$)/.test(lines[0]?.trim() ?? '');
    return String(lines.length - (headed ? 1 : 0));
  });
}

for (const output of document.querySelectorAll<HTMLOutputElement>('output[data-wan-of]')) {
  follow(output, output.dataset.wanOf, (text) => {
    const number = text.normalize('NFKC').replaceAll(',', '').trim();
    return /^\d+(\.\d+)?$/.test(number)
      ? `${new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 6 }).format(Number(number) / 10_000)} 万元`
      : '—';
  });
}

function follow(output: HTMLOutputElement, name: string | undefined, read: (text: string) => string): void {
  const field = output
    .closest('form')
    ?.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${name}"]`);
  field?.addEventListener('input', () => {
    output.textContent = read(field.value);
  });
}
