/** Our mark, 公, in the main colour of the site. */
export function Mark() {
  return (
    <svg class="mark" width="48" height="48" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <rect width="48" height="48" rx="9" />
      <path d="M20 10c-1.8 6-5.2 10.8-10 14M28 10c1.8 6 5.2 10.8 10 14M23.5 23 15 37h18M29 31l5 8" />
    </svg>
  );
}
