import type { StoredEdit } from '../../../core/wire/scenario.ts';

/** What people call the first object that an edit touched: its name before the edit, else its id. */
export function touchedName({ objects }: Pick<StoredEdit, 'objects'>, id: string): string {
  const name = objects.find(({ before }) => before?.properties['name'])?.before?.properties['name'];
  return typeof name === 'string' ? name : id;
}
