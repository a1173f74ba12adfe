/**
 * Every kind of sensor that the city knows. A new kind is one entry in `kinds/` and no code: rules, thresholds, units and
 * titles follow from it (docs/how-to/declare-a-sensor-kind.md).
 *
 * Ranges are what instruments of the kind can say at all, not what is usual; limits of rules are wide, for a value that
 * is called suspect without need is soon not believed.
 */
import { AIR_KINDS } from './kinds/air.ts';
import { STREET_GEAR_KINDS } from './kinds/street-gear.ts';
import { SUPPLY_KINDS } from './kinds/supply.ts';
import { TRAFFIC_KINDS } from './kinds/traffic.ts';
import { WEATHER_KINDS } from './kinds/weather.ts';
import type { SensorKind } from './sensor-kind.ts';

export const SENSOR_KINDS: readonly SensorKind[] = [
  ...AIR_KINDS,
  ...WEATHER_KINDS,
  ...TRAFFIC_KINDS,
  ...SUPPLY_KINDS,
  ...STREET_GEAR_KINDS,
];

const byCode = new Map(SENSOR_KINDS.map((one) => [one.code, one]));
const byName = new Map(
  SENSOR_KINDS.flatMap((one) =>
    [one.code, one.definition, ...one.alsoCalled].map((called) => [called.toLowerCase(), one] as const),
  ),
);

/** The kind of this code; undefined when there is none. */
export const sensorKind = (code: string): SensorKind | undefined => byCode.get(code);

/**
 * The kind of an observed property: as its property `kind` says, else by its name, else by what defines it. A name comes
 * first because senders use one definition (a frequency) for different things. Undefined for what nobody declared.
 */
export function sensorKindOf(property: {
  readonly name: string;
  readonly definition: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}): SensorKind | undefined {
  const said = property.properties?.['kind'];
  return (
    (typeof said === 'string' ? byCode.get(said) : undefined) ??
    byName.get(property.name.toLowerCase()) ??
    byName.get(property.definition.toLowerCase())
  );
}
