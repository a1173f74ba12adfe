import type { Decoded, DecodedValue } from './decoded.ts';

type Field = readonly [
  length: number,
  read: (bytes: DataView, at: number) => Readonly<Record<string, DecodedValue>>,
];

const FIELDS: Readonly<Record<number, Field>> = {
  1: [2, (bytes, at) => ({ temperature: bytes.getInt16(at) / 10 })],
  2: [1, (bytes, at) => ({ humidity: bytes.getUint8(at) })],
  3: [3, (bytes, at) => ({ x: bytes.getInt8(at), y: bytes.getInt8(at + 1), z: bytes.getInt8(at + 2) })],
  4: [2, (bytes, at) => ({ light: bytes.getUint16(at) })],
  5: [1, (bytes, at) => ({ pir: bytes.getUint8(at) })],
  6: [2, (bytes, at) => ({ co2: bytes.getUint16(at) })],
  7: [2, (bytes, at) => ({ vdd: bytes.getUint16(at) })],
  8: [2, (bytes, at) => ({ analog1: bytes.getUint16(at) })],
  12: [2, (bytes, at) => ({ externalTemperature: bytes.getInt16(at) / 10 })],
  13: [1, (bytes, at) => ({ digital: bytes.getUint8(at) })],
  14: [2, (bytes, at) => ({ distance: bytes.getUint16(at) })],
  15: [1, (bytes, at) => ({ accMotion: bytes.getUint8(at) })],
  17: [1, (bytes, at) => ({ occupancy: bytes.getUint8(at) })],
  20: [4, (bytes, at) => ({ pressure: bytes.getInt32(at) / 1000 })],
  21: [2, (bytes, at) => ({ soundPeak: bytes.getUint8(at), soundAvg: bytes.getUint8(at + 1) })],
};

/** Elsys ERS family: fields of a type and a fixed length each. */
export function elsysErs(bytes: DataView): Decoded {
  let values: Record<string, DecodedValue> = {};
  for (let at = 0; at < bytes.byteLength; ) {
    const type = bytes.getUint8(at);
    const field = FIELDS[type];
    if (field === undefined) throw new RangeError(`field type 0x${type.toString(16)} of Elsys is not known`);
    const [length, read] = field;
    values = { ...values, ...read(bytes, at + 1) };
    at += 1 + length;
  }
  return { values };
}
