/** What runs in a thread that writes documents. */
import { bytesOf } from '../documents/document-writer.ts';
import { writeMapPdf } from '../documents/map-pdf/write-map-pdf.ts';
import type { DocumentOrder } from './document-threads.ts';
import { ownBytes } from './own-bytes.ts';
import { serveTasks } from './serve-tasks.ts';

serveTasks(async (order: DocumentOrder) =>
  ownBytes('map' in order ? await writeMapPdf(order.map) : await bytesOf(order.document, order.format)),
);
