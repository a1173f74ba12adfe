import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';

export const REMOVE_SIGNAL: EditToolOf<'remove-signal'> = {
  kind: 'remove-signal',
  subject: 'roads',
  title: 'removeSignal',
  verb: 'verbRemoveSignal',
  draws: { shape: 'point', hint: 'drawSignalHint' },
  compose: ({ places: [at] }) => (at ? [{ kind: 'remove-signal', at: [at[0], at[1]] }] : undefined),
  words: () => t('editRemovesSignal'),
  shape: ({ at }) => ({ type: 'Point', coordinates: at }),
};
