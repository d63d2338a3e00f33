/**
 * Works out the proof of a form that is to be sent, in a worker, from the moment the page is open. Sending waits for it;
 * where there is no worker the form goes without a proof and takes the slower way.
 */
const challenge = document.querySelector<HTMLInputElement>('[data-request-challenge]');
const form = challenge?.form;

if (challenge && form) {
  const solution = form.querySelector<HTMLInputElement>('input[name="solution"]');
  const note = form.querySelector<HTMLElement>('[data-request-proof-note]');
  const button = form.querySelector<HTMLButtonElement>('button[type="submit"]');
  let state: 'working' | 'ready' | 'sent' = 'working';
  let wanted = false;
  const slow = form.querySelector<HTMLElement>('[data-request-slow]');
  if (slow) slow.hidden = true;

  const ready = (value: string) => {
    if (state !== 'working') return;
    state = 'ready';
    if (solution) solution.value = value;
    if (slow) slow.hidden = value !== '';
    if (note) note.textContent = '';
    if (wanted) form.requestSubmit();
  };
  form.addEventListener('submit', (event) => {
    if (state === 'working') {
      event.preventDefault();
      wanted = true;
      if (note) note.textContent = '正在自动验证，完成后立即提交，一般几秒钟…';
      return;
    }
    if (state === 'sent') return event.preventDefault();
    state = 'sent';
    button?.setAttribute('aria-disabled', 'true');
    if (note) note.textContent = '正在提交…';
  });
  // Back from the next page with this one unchanged: it may be sent again and leads to the same receipt.
  addEventListener('pageshow', (event) => {
    if (event.persisted && state === 'sent') location.reload();
  });
  try {
    const worker = new Worker(challenge.dataset.requestWorker ?? '');
    worker.addEventListener('message', ({ data }: MessageEvent<string>) => {
      ready(data);
      worker.terminate();
    });
    worker.addEventListener('error', () => ready(''));
    worker.postMessage({
      challenge: challenge.value,
      bits: Number(challenge.dataset.requestChallenge),
    });
  } catch {
    ready('');
  }
}
