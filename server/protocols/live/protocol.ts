/** `/api/live`: what sensors say and said, for maps and charts. */
import { explainAsProblem } from '../../http/problem.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Services } from '../../services.ts';
import { getAirQuality } from './air-quality.ts';
import { getAsides, getProviders } from './providers.ts';
import { getQuality } from './quality.ts';
import { getSensors } from './sensors.ts';
import { getSeries } from './series.ts';
import { getDepartures, getVehicle, getVehicles } from './vehicles.ts';

export function live(services: Services): Protocol {
  return {
    name: 'live',
    prefix: '/api/live',
    routes: [
      { method: 'GET', path: '/api/live/sensors', handle: (ask) => getSensors(services, ask) },
      { method: 'GET', path: '/api/live/air-quality', handle: (ask) => getAirQuality(services, ask) },
      { method: 'GET', path: '/api/live/quality', handle: (ask) => getQuality(services, ask) },
      { method: 'GET', path: '/api/live/series', handle: (ask) => getSeries(services, ask) },
      { method: 'GET', path: '/api/live/vehicles', handle: (ask) => getVehicles(services, ask) },
      { method: 'GET', path: '/api/live/vehicles/:id', handle: (ask) => getVehicle(services, ask) },
      {
        method: 'GET',
        path: '/api/live/stops/:id/departures',
        handle: (ask) => getDepartures(services, ask),
      },
      { method: 'GET', path: '/api/live/providers', handle: () => getProviders(services) },
      { method: 'GET', path: '/api/live/asides', handle: (ask) => getAsides(services, ask) },
    ],
    explain: explainAsProblem,
  };
}
