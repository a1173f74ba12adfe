/** The decoders there are, and by which words they are known. */
import { boschParking } from './bosch-parking.ts';
import { decentlabDlPm } from './decentlab-dl-pm.ts';
import type { Decoder } from './decoded.ts';
import { elsysErs } from './elsys-ers.ts';
import { milesightAm319 } from './milesight-am319.ts';
import { milesightWs302 } from './milesight-ws302.ts';

/** By the name that a source's declaration or the network's device profile gives. */
export const DECODERS: Readonly<Record<string, Decoder>> = {
  'bosch-parking': boschParking,
  'decentlab-dl-pm': decentlabDlPm,
  'elsys-ers': elsysErs,
  'milesight-am319': milesightAm319,
  'milesight-ws302': milesightWs302,
};

/** Words of profiles and models by which a decoder is known. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/parking.?lot|bosch.?parking|tps11/i, 'bosch-parking'],
  [/dl.?pm/i, 'decentlab-dl-pm'],
  [/\bers2?\b|elsys/i, 'elsys-ers'],
  [/am319/i, 'milesight-am319'],
  [/ws302/i, 'milesight-ws302'],
];

/** The decoder that a model's name means. */
export function decoderFor(model: string | undefined): Decoder | undefined {
  if (model === undefined) return undefined;
  const word = WORDS.find(([pattern]) => pattern.test(model))?.[1];
  return DECODERS[Object.hasOwn(DECODERS, model) ? model : (word ?? '')];
}
