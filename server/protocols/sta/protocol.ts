/** OGC SensorThings API 1.1 (18-088): what the city measures, to read and to write. */
import type { Protocol, Route } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { explainAsSta } from './errors.ts';
import { getResource, getRoot, STA } from './read.ts';
import { postResource } from './write.ts';

/** `Observations('…')/Datastream/Thing/Locations` is as deep as links lead without turning back. */
const DEPTHS = ['/:a', '/:a/:b', '/:a/:b/:c', '/:a/:b/:c/:d'];

export function sensorThings({ sensors }: Services): Protocol {
  return {
    name: 'sta',
    prefix: '/sta',
    routes: [
      { method: 'GET', path: STA, handle: getRoot },
      ...DEPTHS.flatMap((depth): Route[] => [
        { method: 'GET', path: `${STA}${depth}`, handle: (ask) => getResource(sensors, ask) },
        { method: 'POST', path: `${STA}${depth}`, handle: (ask) => postResource(sensors, ask) },
      ]),
    ],
    explain: explainAsSta,
  };
}
