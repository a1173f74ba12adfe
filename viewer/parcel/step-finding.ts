/** `[` and `]` go from finding to finding, each time drawing its place on the map. */
export function stepByKey(event: KeyboardEvent): void {
  const by = { '[': -1, ']': 1 }[event.key];
  if (by !== undefined && stepFinding(by)) event.preventDefault();
}

let last: HTMLElement | undefined;

function stepFinding(by: number): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('.parcel-panel .finding > summary')].filter(
    // Those of a folded list are there, but not to be seen.
    (row) => row.checkVisibility(),
  );
  const at = last === undefined ? -1 : rows.indexOf(last);
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length];
  if (!next) return false;
  last = next;
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
  return true;
}
