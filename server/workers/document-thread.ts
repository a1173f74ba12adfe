/** What runs in a thread that writes documents. */

import type { PrintDocument } from '../../core/documents/print-document.ts';
import { type BinaryFormat, bytesOf } from '../documents/document-writer.ts';
import { ownBytes } from './own-bytes.ts';
import { serveTasks } from './serve-tasks.ts';

serveTasks(async ({ document, format }: { document: PrintDocument; format: BinaryFormat }) =>
  ownBytes(await bytesOf(document, format)),
);
