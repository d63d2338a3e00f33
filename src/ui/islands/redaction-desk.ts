import { type Area, clamp, drawnArea, nudged } from './redaction/areas.ts';
import { sendFields, sendForm, watchExport } from './redaction/exchange.ts';

/** Makes the desk that stands in the page alive; called again whenever it was replaced. */
function arrange(): void {
  const current = document.querySelector<HTMLElement>('[data-redaction-desk]');
  if (!current) return;
  watchExport(current, arrange);
  const sheet = current.querySelector<HTMLElement>('[data-redaction-sheet]');
  if (!sheet || current.dataset.redactionDesk !== 'draft') return;
  for (const hidden of current.querySelectorAll<HTMLElement>(
    '[data-redaction-hint], [data-redaction-hand]',
  )) {
    hidden.hidden = false;
  }
  const boxes = [...sheet.querySelectorAll<HTMLElement>('[data-redaction-box]')].map((mark) =>
    showBox(current, sheet, mark),
  );
  drawing(current, sheet);
  keyboardBox(current, sheet);
  // A box that was moved is another one now, in the same place of the list.
  const again = chosen === null ? undefined : boxes[chosen];
  if (again) again.focus({ preventScroll: true });
  chosen = null;
}

/** Which box of the page has the focus while the desk is replaced. */
let chosen: number | null = null;

const sizeOf = (sheet: HTMLElement) => ({
  width: Number(sheet.dataset.width),
  height: Number(sheet.dataset.height),
});

function lay(element: HTMLElement, area: Area, sheet: HTMLElement): void {
  const { width, height } = sizeOf(sheet);
  element.style.left = `${(area.x / width) * 100}%`;
  element.style.top = `${(area.y / height) * 100}%`;
  element.style.width = `${(area.w / width) * 100}%`;
  element.style.height = `${(area.h / height) * 100}%`;
}

function pointOn(sheet: HTMLElement, event: PointerEvent): { x: number; y: number } {
  const frame = sheet.getBoundingClientRect();
  const { width, height } = sizeOf(sheet);
  return {
    x: ((event.clientX - frame.left) / frame.width) * width,
    y: ((event.clientY - frame.top) / frame.height) * height,
  };
}

const groundOf = (current: HTMLElement) =>
  current.querySelector<HTMLSelectElement>('#field-ground, #field-box-ground')?.value ?? '';

function fieldsFor(current: HTMLElement, area: Area): Record<string, string> {
  const round = (value: number) => String(Math.round(value * 100) / 100);
  return {
    version: current.dataset.version ?? '',
    page: current.dataset.page ?? '1',
    show: current.dataset.show ?? '',
    unit: 'pt',
    x: round(area.x),
    y: round(area.y),
    w: round(area.w),
    h: round(area.h),
  };
}

function drawing(current: HTMLElement, sheet: HTMLElement): void {
  sheet.classList.add('drawing');
  const finger = current.querySelector<HTMLButtonElement>('[data-redaction-touch]');
  finger?.addEventListener('click', () => {
    const on = finger.getAttribute('aria-pressed') !== 'true';
    finger.setAttribute('aria-pressed', String(on));
    sheet.classList.toggle('by-finger', on);
  });
  sheet.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || (event.target as HTMLElement).closest('.redaction-box')) return;
    // A finger scrolls the page until it is told to draw.
    if (event.pointerType === 'touch' && !sheet.classList.contains('by-finger')) return;
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    const from = pointOn(sheet, event);
    const band = document.createElement('div');
    band.className = 'redaction-band';
    sheet.append(band);
    let area: Area | null = null;
    const move = (moved: PointerEvent) => {
      area = drawnArea(from, pointOn(sheet, moved), sizeOf(sheet));
      lay(band, area, sheet);
    };
    const end = (cancelled: boolean) => {
      sheet.removeEventListener('pointermove', move);
      band.remove();
      // A click is no box.
      if (cancelled || !area || area.w < 3 || area.h < 3) return;
      const fields = { ...fieldsFor(current, area), ground: groundOf(current), whole: '1' };
      void sendFields(`${current.dataset.address}/boxes`, fields).then(arrange);
    };
    sheet.addEventListener('pointermove', move);
    sheet.addEventListener('pointerup', () => end(false), { once: true });
    sheet.addEventListener('pointercancel', () => end(true), { once: true });
  });
}

/** A box in the middle of the page, to be moved with the arrow keys. */
function keyboardBox(current: HTMLElement, sheet: HTMLElement): void {
  current.querySelector('[data-redaction-new]')?.addEventListener('click', () => {
    const { width, height } = sizeOf(sheet);
    const area = { x: width / 2 - 60, y: height / 2 - 10, w: 120, h: 20 };
    const known = new Set(idsOf(sheet));
    void sendFields(`${current.dataset.address}/boxes`, {
      ...fieldsFor(current, area),
      ground: groundOf(current),
    }).then(() => {
      const next = document.querySelector<HTMLElement>('[data-redaction-sheet]');
      chosen = next ? idsOf(next).findIndex((id) => !known.has(id)) : null;
      arrange();
    });
  });
}

const idsOf = (sheet: HTMLElement) =>
  [...sheet.querySelectorAll<HTMLElement>('[data-redaction-box]')].map(
    ({ dataset }) => dataset.redactionBox ?? '',
  );

const SETTLES_AFTER_MS = 700;

function showBox(current: HTMLElement, sheet: HTMLElement, mark: HTMLElement): HTMLElement {
  const { redactionBox: id = '', label = '' } = mark.dataset;
  let area: Area = {
    x: Number(mark.dataset.x),
    y: Number(mark.dataset.y),
    w: Number(mark.dataset.w),
    h: Number(mark.dataset.h),
  };
  const box = document.createElement('button');
  box.type = 'button';
  box.className = 'redaction-box';
  box.title = label;
  box.setAttribute('aria-label', `${label}\uff0c方向键移动\uff0cShift 加方向键改变大小\uff0cDelete 去掉`);
  const corner = document.createElement('span');
  corner.className = 'redaction-box-corner';
  box.append(corner);
  sheet.append(box);
  lay(box, area, sheet);

  let settling = 0;
  const place = (next: Area) => {
    area = clamp(next, sizeOf(sheet));
    lay(box, area, sheet);
  };
  const settle = () => {
    clearTimeout(settling);
    settling = 0;
    chosen = document.activeElement === box ? idsOf(sheet).indexOf(id) : null;
    void sendFields(`${current.dataset.address}/boxes/${id}/place`, fieldsFor(current, area)).then(arrange);
  };
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      clearTimeout(settling);
      void sendFields(`${current.dataset.address}/boxes/${id}/removal`, fieldsFor(current, area)).then(
        arrange,
      );
      return;
    }
    const next = nudged(area, event);
    if (!next) return;
    event.preventDefault();
    place(next);
    clearTimeout(settling);
    settling = window.setTimeout(settle, SETTLES_AFTER_MS);
  });
  box.addEventListener('blur', () => {
    if (settling !== 0) settle();
  });
  for (const happening of ['focus', 'blur'] as const) {
    box.addEventListener(happening, () => {
      current
        .querySelector(`[data-redaction-line="${id}"]`)
        ?.classList.toggle('chosen', happening === 'focus');
    });
  }
  box.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    box.focus({ preventScroll: true });
    box.setPointerCapture(event.pointerId);
    const from = pointOn(sheet, event);
    const start = area;
    const resizing = event.target === corner;
    let moved = false;
    const move = (now: PointerEvent) => {
      const to = pointOn(sheet, now);
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      moved ||= Math.abs(dx) + Math.abs(dy) > 2;
      if (!moved) return;
      place(
        resizing
          ? { ...start, w: Math.max(3, start.w + dx), h: Math.max(3, start.h + dy) }
          : { ...start, x: start.x + dx, y: start.y + dy },
      );
    };
    box.addEventListener('pointermove', move);
    const end = (cancelled: boolean) => {
      box.removeEventListener('pointermove', move);
      if (cancelled) place(start);
      else if (moved) settle();
    };
    box.addEventListener('pointerup', () => end(false), { once: true });
    box.addEventListener('pointercancel', () => end(true), { once: true });
  });
  return box;
}

/**
 * The redaction desk: boxes are drawn on the original with mouse, finger or keyboard, and every act is sent at once and
 * answered with the desk as it now is. Without script the forms beside the page do the same.
 */
const desk = document.querySelector<HTMLElement>('[data-redaction-desk]');
if (desk) {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.closest('[data-redaction-desk="draft"]') || form.method !== 'post') return;
    event.preventDefault();
    void sendForm(form, event.submitter).then(arrange);
  });
  arrange();
}
