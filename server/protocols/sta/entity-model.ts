/** How entity sets are linked (18-088, figure 2), as far as they are kept. */
import type { EntitySet } from '../../../core/live/sensor-things.ts';

interface Navigation {
  readonly set: EntitySet;
  readonly isMany: boolean;
}

const one = (set: EntitySet): Navigation => ({ set, isMany: false });
const many = (set: EntitySet): Navigation => ({ set, isMany: true });

/** By the name of the link. */
export const NAVIGATION: Readonly<Record<EntitySet, Readonly<Record<string, Navigation>>>> = {
  Things: { Locations: many('Locations'), Datastreams: many('Datastreams') },
  Locations: { Things: many('Things') },
  Datastreams: {
    Thing: one('Things'),
    Sensor: one('Sensors'),
    ObservedProperty: one('ObservedProperties'),
    Observations: many('Observations'),
  },
  Sensors: { Datastreams: many('Datastreams') },
  ObservedProperties: { Datastreams: many('Datastreams') },
  Observations: { Datastream: one('Datastreams') },
};

/** Of the standard, and still to come. */
export const TO_COME: readonly string[] = [
  'HistoricalLocations',
  'FeaturesOfInterest',
  'FeatureOfInterest',
  'CreateObservations',
  '$batch',
];
