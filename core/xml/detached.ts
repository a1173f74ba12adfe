/**
 * The same text in memory of its own. JavaScript engines keep a part of a string as a view of the whole, so that
 * an id kept for later would keep 64 KiB of the file alive with it.
 */
export function detached(text: string): string {
  return text.split('').join('');
}
