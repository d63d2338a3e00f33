/**
 * Findings beside the tables they are about: opening one (`details[data-marks]`, ids of cells and passages, separated by
 * spaces) marks its places at once and brings the first into view. Without script its link loads the page so marked.
 */
/** Where findings and tables stand side by side; on a narrow page the finding would scroll away. */
const BESIDE = matchMedia('(min-width: 1180px)');
const findings = [...document.querySelectorAll<HTMLDetailsElement>('details[data-marks]')];

for (const finding of findings) {
  finding.addEventListener('toggle', () => {
    if (!finding.open) return;
    for (const other of findings) if (other !== finding) other.open = false;
    mark(finding, BESIDE.matches);
  });
  finding.querySelector('a[data-mark-link]')?.addEventListener('click', (event) => {
    if (mark(finding, true)) event.preventDefault();
  });
}

const opened = findings.find(({ open }) => open);
if (opened && BESIDE.matches) addEventListener('load', () => mark(opened, true));

/** Whether any of its places stands on this page. */
function mark(finding: HTMLDetailsElement, show: boolean): boolean {
  for (const place of document.querySelectorAll('.read-opened, .read-part, .passage-opened'))
    if (!place.closest('.read-legend')) place.classList.remove('read-opened', 'read-part', 'passage-opened');
  const places = (finding.dataset.marks ?? '').split(' ').flatMap((id) => {
    const place = document.getElementById(id);
    return place ? [place.closest<HTMLElement>('mark') ?? place] : [];
  });
  for (const [index, place] of places.entries()) {
    const cell = place instanceof HTMLTableCellElement;
    place.classList.add(cell ? (index === 0 ? 'read-opened' : 'read-part') : 'passage-opened');
  }
  if (show) places[0]?.scrollIntoView({ block: 'center', inline: 'nearest' });
  const link = finding.querySelector<HTMLAnchorElement>('a[data-mark-link]');
  if (link && places.length > 0) history.replaceState(null, '', new URL(link.href).search);
  return places.length > 0;
}
