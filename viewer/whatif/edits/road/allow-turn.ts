import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { touchedName } from '../touched-name.ts';

/** From the first street that is pointed at into the second. */
export const ALLOW_TURN: EditToolOf<'allow-turn'> = {
  kind: 'allow-turn',
  subject: 'roads',
  title: 'allowTurn',
  verb: 'verbAllowTurn',
  picks: { layers: ['roads'], hint: 'pickTurn', atLeast: 2, atMost: 2 },
  compose: ({ objects: [from, to] }) =>
    from && to ? [{ kind: 'allow-turn', from: from.id, to: to.id }] : undefined,
  words: (stored) => t('editAllowsTurn', { name: touchedName(stored, stored.edit.from) }),
  facts: ({ edit: { from, to } }) => [`${from} → ${to}`],
};
