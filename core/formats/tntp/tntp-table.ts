/** Rows of a node file as CSV: its columns stand apart by blanks, and its lines end with a semicolon. */
export const tntpTable = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/;\s*$/, '').trim().split(/\s+/).join(','))
    .join('\n');
