import { t } from '../../../text/text.ts';
import type { EditToolOf } from '../edit-tool.ts';
import { touchedName } from '../touched-name.ts';

/** From the first street that is pointed at into the second. */
export const BAN_TURN: EditToolOf<'ban-turn'> = {
  kind: 'ban-turn',
  subject: 'roads',
  title: 'banTurn',
  verb: 'verbBanTurn',
  picks: { layers: ['roads'], hint: 'pickTurn', atLeast: 2, atMost: 2 },
  compose: ({ objects: [from, to] }) =>
    from && to ? [{ kind: 'ban-turn', from: from.id, to: to.id }] : undefined,
  words: (stored) => t('editBansTurn', { name: touchedName(stored, stored.edit.from) }),
  facts: ({ edit: { from, to } }) => [`${from} → ${to}`],
};
