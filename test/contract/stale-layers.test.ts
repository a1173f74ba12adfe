/** A layer that is older than it may be says so at every door that describes it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningApp, runApp } from '../support/running-app.ts';
import { sampleServices } from '../support/sample-city.ts';

const OLD = 'parcels';

let app: RunningApp;
beforeAll(async () => {
  const services = sampleServices(4);
  app = await runApp({
    ...services,
    catalogue: {
      ...services.catalogue,
      status: async (name, view) => ({
        ...(await services.catalogue.status(name, view)),
        loadedAt: name === OLD ? '2020-01-01T00:00:00Z' : new Date().toISOString(),
      }),
    },
  });
});
afterAll(() => app.close());

it.each([
  ['WMS 1.3.0', '/wms?service=WMS&request=GetCapabilities&language=en'],
  ['WMS 1.1.1', '/wms?service=WMS&request=GetCapabilities&version=1.1.1&language=en'],
  ['WFS', '/wfs?service=WFS&request=GetCapabilities&language=en'],
  ['WMTS', '/wmts?service=WMTS&request=GetCapabilities&language=en'],
  ['OGC API', '/ogc/collections?lang=en&f=json'],
])('%s says of one layer of all that it is stale', async (_, path) => {
  const document = await (await fetch(app.url + path)).text();
  // WFS writes its abstracts in both languages.
  expect([...document.matchAll(/STALE: loaded \d{4} days ago, due every \d+ days\./g)]).toHaveLength(1);
});
