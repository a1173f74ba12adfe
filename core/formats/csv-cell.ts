/** A value as a cell of a CSV (RFC 4180); what is not known is empty. */
export function csvCell(value: string | number | null | undefined): string {
  const text = value === undefined || value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
