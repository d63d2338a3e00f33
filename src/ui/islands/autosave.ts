/**
 * A form with `data-autosave="<address>"` is posted there two seconds after the last keystroke and says when that was.
 * The address answers 204, or plain text with 4xx when it will not keep the draft.
 */
const QUIET_MS = 2000;

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) keepDraft(form);

function keepDraft(form: HTMLFormElement): void {
  const address = form.dataset.autosave;
  const note = form.querySelector<HTMLElement>('[data-autosave-note]');
  if (!address || !note) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let typed = 0;
  form.addEventListener('input', () => {
    typed += 1;
    clearTimeout(timer);
    timer = setTimeout(() => void save(), QUIET_MS);
  });
  form.addEventListener('submit', () => clearTimeout(timer));

  const save = async () => {
    const before = typed;
    note.textContent = '正在保存…';
    const token = form.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value ?? '';
    const answer = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>),
      headers: { 'x-csrf-token': token, 'x-autosave': '1' },
    }).catch(() => null);
    if (answer?.ok) {
      const time = new Date().toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit' });
      note.textContent = `已于 ${time} 自动保存`;
      if (before === typed) form.dispatchEvent(new CustomEvent('gongkai:saved', { bubbles: true }));
    } else if (answer) {
      const reason = answer.headers.get('content-type')?.startsWith('text/plain') ? await answer.text() : '';
      note.textContent = `没有自动保存：${reason || '服务器没有接受，请用页面上的按钮保存'}`;
    } else {
      note.textContent = '没有自动保存：网络不通。内容还在页面上，连上网络后继续填写即可';
    }
  };
}
