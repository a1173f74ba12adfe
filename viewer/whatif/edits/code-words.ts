import { layerNamed } from '../../state/twin-state.ts';
import { said } from '../../text/text.ts';

/** What a code of a property means, in the words of the catalogue. */
export function codeWords(layer: string, property: string, code: string): string {
  const declared = layerNamed(layer)?.properties.find(({ name }) => name === property);
  const entry = declared?.codelist?.find((each) => each.code === code);
  return entry ? said(entry.label) : code;
}
