import { t } from '../../../text/text.ts';
import { codeWords } from '../code-words.ts';
import type { EditToolOf } from '../edit-tool.ts';

export const REMOVE_UTILITY_LINE: EditToolOf<'remove-utility-line'> = {
  kind: 'remove-utility-line',
  subject: 'utilities',
  title: 'removeUtilityLine',
  verb: 'verbRemove',
  picks: { layers: ['utility_lines'], hint: 'pickUtility', atMost: 100 },
  compose: ({ objects }) => objects.map(({ id }) => ({ kind: 'remove-utility-line', line: id })),
  words: ({ edit, objects }) => {
    const network = objects[0]?.before?.properties['network'];
    const what = typeof network === 'string' ? codeWords('utility_lines', 'network', network) : '';
    return t('editRemovesUtility', { network: what, id: edit.line });
  },
};
