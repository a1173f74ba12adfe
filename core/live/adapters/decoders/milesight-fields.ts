import type { DecodedValue } from './decoded.ts';

export type MilesightField = readonly [
  length: number,
  read: (bytes: DataView, at: number) => Readonly<Record<string, DecodedValue>> | undefined,
];

/** Fields of a channel, a type and as many bytes as the two mean. An unknown one ends the reading. */
export function milesightValues(
  bytes: DataView,
  fields: Readonly<Record<number, MilesightField>>,
): Record<string, DecodedValue> {
  let values: Record<string, DecodedValue> = {};
  for (let at = 0; at < bytes.byteLength; ) {
    const key = bytes.getUint16(at);
    const field = fields[key];
    if (field === undefined)
      throw new RangeError(`channel and type 0x${key.toString(16)} are not of this device`);
    const [length, read] = field;
    if (at + 2 + length > bytes.byteLength) throw new RangeError('the message is cut off');
    values = { ...values, ...read(bytes, at + 2) };
    at += 2 + length;
  }
  return values;
}
