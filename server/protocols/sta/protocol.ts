/** OGC SensorThings API 1.1 (18-088): what the city measures, to read and to write. */
import type { Protocol, Route } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { STA } from './addresses.ts';
import { postBatch } from './batch.ts';
import { dispatch } from './dispatch.ts';
import { explainAsSta } from './errors.ts';
import { getRoot, type MqttEndpoints } from './read.ts';

/** Links lead on and on, and properties have an inside; `parseResourcePath` says where it ends. */
const DEEPEST = 21;
const DEPTHS = Array.from({ length: DEEPEST }, (_, depth) =>
  Array.from({ length: depth + 1 }, (_each, n) => `/:step${n}`).join(''),
);
const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;

export function sensorThings({ sensors }: Services, mqttEndpoints?: MqttEndpoints): Protocol {
  return {
    name: 'sta',
    prefix: '/sta',
    routes: [
      { method: 'GET', path: STA, handle: (ask) => getRoot(ask, mqttEndpoints) },
      { method: 'POST', path: `${STA}/$batch`, handle: (ask) => postBatch(sensors, ask) },
      ...DEPTHS.flatMap((depth) =>
        METHODS.map(
          (method): Route => ({
            method,
            path: `${STA}${depth}`,
            handle: (ask) => dispatch(sensors, ask),
          }),
        ),
      ),
    ],
    explain: explainAsSta,
  };
}
