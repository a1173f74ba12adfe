/** The words of makers for what their devices measure, in the codes and units of the twin. */
import type { DecodedValue, DecodedValues } from './decoders/decoded.ts';

interface Meaning {
  readonly code: string;
  /** From the maker's unit to the twin's. */
  readonly factor?: number;
}

const MEANINGS: Readonly<Record<string, Meaning>> = {
  temperature: { code: 'temperature' },
  air_temperature: { code: 'temperature' },
  humidity: { code: 'humidity' },
  air_humidity: { code: 'humidity' },
  pressure: { code: 'station-pressure' },
  // Pascals, all others speak in hectopascals.
  barometric_pressure: { code: 'station-pressure', factor: 0.01 },
  co2: { code: 'co2' },
  tvoc: { code: 'tvoc' },
  hcho: { code: 'formaldehyde' },
  pm1_0_mass_concentration: { code: 'pm1' },
  pm1: { code: 'pm1' },
  pm2_5: { code: 'pm2.5' },
  pm2_5_mass_concentration: { code: 'pm2.5' },
  pm10: { code: 'pm10' },
  pm10_mass_concentration: { code: 'pm10' },
  light: { code: 'illuminance' },
  laeq: { code: 'noise' },
  lafmax: { code: 'noise-max' },
  occupied: { code: 'parking-occupied' },
  battery: { code: 'battery' },
  battery_voltage: { code: 'battery-voltage' },
  vdd: { code: 'battery-voltage', factor: 0.001 },
};

/** Values under the twin's codes; what no code is known for keeps the maker's word. */
export function codedValues(
  values: DecodedValues,
): readonly { readonly code: string; readonly value: DecodedValue }[] {
  return Object.entries(values).map(([word, value]) => {
    const key = word.toLowerCase();
    const meaning = Object.hasOwn(MEANINGS, key) ? MEANINGS[key] : undefined;
    if (meaning === undefined) return { code: word, value };
    const { code, factor } = meaning;
    return {
      code,
      value: typeof value === 'number' && factor !== undefined ? rounded(value * factor) : value,
    };
  });
}

/** Without the dust of binary fractions. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
