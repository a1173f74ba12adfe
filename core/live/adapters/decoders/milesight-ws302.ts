import type { Decoded } from './decoded.ts';
import { milesightValues } from './milesight-fields.ts';

const FREQUENCY_WEIGHTS = ['Z', 'A', 'C', 'D'];
const TIME_WEIGHTS = ['I', 'F', 'S', ''];

/** Milesight WS302: sound levels in decibels, named by their weightings as the acousticians do (LAeq, LAFmax). */
export const milesightWs302 = (bytes: DataView): Decoded => ({
  values: milesightValues(bytes, {
    373: [1, (data, at) => ({ battery: data.getUint8(at) })],
    1371: [
      7,
      (data, at) => {
        const weights = data.getUint8(at);
        const frequency = FREQUENCY_WEIGHTS[weights & 3] ?? '';
        const time = TIME_WEIGHTS[(weights >> 2) & 3] ?? '';
        const level = (offset: number) => data.getUint16(at + offset, true) / 10;
        return {
          [`L${frequency}${time}`]: level(1),
          [`L${frequency}eq`]: level(3),
          [`L${frequency}${time}max`]: level(5),
        };
      },
    ],
  }),
});
