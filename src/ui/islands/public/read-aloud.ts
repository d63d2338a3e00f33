/** 长者版: reads the page aloud with the voice of the reader's own device; the button shows only where there is one. */
const button = document.querySelector<HTMLButtonElement>('[data-read-aloud]');

if (button && 'speechSynthesis' in window) {
  button.hidden = false;
  button.addEventListener('click', () => {
    if (speechSynthesis.speaking) return stop();
    const main = document.querySelector('main');
    const pieces = [
      ...(main?.querySelectorAll<HTMLElement>('h1, h2, h3, p, li, dt, dd, th, td, .stat') ?? []),
    ]
      .filter((element) => !element.querySelector('h1, h2, h3, p, li') && !element.contains(button))
      // biome-ignore lint/performance/useDomNodeTextContent: innerText leaves out what is hidden, as a listener expects
      .map((element) => element.innerText.trim())
      .filter((text) => text !== '');
    for (const text of pieces) {
      const words = new SpeechSynthesisUtterance(text);
      words.lang = 'zh-CN';
      words.rate = 0.9;
      speechSynthesis.speak(words);
    }
    button.textContent = '停止朗读';
  });
  addEventListener('pagehide', stop);
}

function stop(): void {
  speechSynthesis.cancel();
  if (button) button.textContent = '朗读本页';
}
