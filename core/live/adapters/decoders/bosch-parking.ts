import type { Decoded } from './decoded.ts';

const RESET_CAUSES = ['Unknown', 'Watchdog Reset', 'Power On Reset', 'System Request Reset', 'Other Resets'];
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** Bosch Parking Lot Sensor (TPS110): the port says which of its three messages it is. */
export function boschParking(bytes: DataView, port: number): Decoded {
  const isOccupied = (at: number): boolean => (bytes.getUint8(at) & 1) === 1;
  switch (port) {
    case 1:
      return { values: { type: 'parking status', occupied: isOccupied(0) } };
    case 2:
      return { values: { type: 'heartbeat', occupied: isOccupied(0), temperature: bytes.getInt8(1) } };
    case 3: {
      const byte = (at: number) => bytes.getUint8(at);
      return {
        values: {
          type: 'startup',
          debugInfo: Array.from({ length: 12 }, (_, at) => hex(byte(at))).join(' '),
          firmwareVersion: [byte(14), byte(13), byte(12)].join('.'),
          resetCause: RESET_CAUSES[byte(15)] ?? 'Unknown',
          occupied: isOccupied(16),
        },
      };
    }
    default:
      throw new RangeError(`the parking sensor speaks on ports 1 to 3, not on ${port}`);
  }
}
