/** Streets in the result of `traffic-assignment`, and whose trips drive them. Spoken by the server and the viewer. */
import { z } from 'zod';

/** Of one direction of a section of a road, at equilibrium. */
const linkState = z.object({
  flowVehPerH: z.number(),
  truckVehPerH: z.number(),
  capacityVehPerH: z.number(),
  /** Flow in passenger car units over capacity. */
  vOverC: z.number(),
  speedKmH: z.number(),
  /** Time on the link beyond the time on the empty street. */
  delayS: z.number(),
  /** Sound power of a metre at this hour, dB(A) re 1 pW (CNOSSOS-EU); null without traffic. */
  soundPowerDbAPerM: z.number().nullable(),
});

export const trafficLinkSchema = z.object({
  /** Id of the road with `+` along its line, `-` against it. */
  id: z.string(),
  road: z.string(),
  name: z.string().nullable(),
  class: z.string().nullable(),
  /** Nodes of the layer roads, in the direction of travel. */
  from: z.string(),
  to: z.string(),
  lanes: z.number(),
  lengthM: z.number(),
  freeSpeedKmH: z.number(),
  /** Roads that nobody may turn into from it. */
  noTurnTo: z.array(z.string()),
  /** At its end; null without one. */
  signal: z.object({ greenS: z.number(), cycleS: z.number() }).nullable(),
  /** In the direction of travel: easting, northing (EPSG:2177, metres). */
  path: z.array(z.tuple([z.number(), z.number()])),
  /** `closed`: open in the base, not in the scenario; `added`: only in the scenario. */
  state: z.enum(['open', 'closed', 'added', 'changed']),
  /** Null where the link is not there or closed; without a scenario `after` is as `before`. */
  before: linkState.nullable(),
  after: linkState.nullable(),
  /** After less before; null without a scenario. */
  difference: z
    .object({
      flowVehPerH: z.number(),
      delayS: z.number(),
      speedKmH: z.number(),
      /** False: no more than what the solver leaves undone; do not colour it. */
      isBeyondNoise: z.boolean(),
    })
    .nullable(),
});
export type TrafficLink = z.infer<typeof trafficLinkSchema>;
export type LinkState = z.infer<typeof linkState>;

export const selectedLinkSchema = z.object({
  link: z.string(),
  /** Of the scenario, without one of the base. */
  vehPerH: z.number(),
  /** Pairs of zones with the most vehicles on the link; at most 200. */
  pairs: z.array(z.object({ from: z.string(), to: z.string(), vehPerH: z.number() })),
  /** Where the vehicles of this link also drive. */
  links: z.array(z.object({ id: z.string(), vehPerH: z.number() })),
});
export type SelectedLink = z.infer<typeof selectedLinkSchema>;

export const selectedZoneSchema = z.object({
  zone: z.string(),
  /** That have a way. */
  startsPerH: z.number(),
  endsPerH: z.number(),
  /** Where they drive: those that begin in the zone, and those that end there. */
  links: z.array(z.object({ id: z.string(), fromVehPerH: z.number(), toVehPerH: z.number() })),
});
export type SelectedZone = z.infer<typeof selectedZoneSchema>;
