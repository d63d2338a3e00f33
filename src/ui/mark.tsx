/** Our mark, 公, in the main colour of the site; whole also where no stylesheet comes. */
export function Mark() {
  return (
    <svg class="mark" width="48" height="48" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <rect width="48" height="48" rx="9" />
      <path
        fill="none"
        stroke="#fff"
        stroke-width="4"
        d="M20 10c-1.8 6-5.2 10.8-10 14M28 10c1.8 6 5.2 10.8 10 14M23.5 23 15 37h18M29 31l5 8"
      />
    </svg>
  );
}
