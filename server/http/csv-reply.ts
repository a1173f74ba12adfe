import { csvCell } from '../../core/formats/csv-cell.ts';
import type { Reply } from './protocol.ts';

/** A table to be saved (RFC 4180), which nobody keeps. */
export function csvReply(
  fileName: string,
  headings: string,
  rows: readonly (readonly (string | number | null)[])[],
): Reply {
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
    },
    body: [headings, ...rows.map((row) => row.map(csvCell).join(',')), ''].join('\r\n'),
  };
}
