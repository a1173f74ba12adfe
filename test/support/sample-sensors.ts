import type { ThingDraft } from '../../core/live/sensor-things.ts';

/** A thing at the middle of Poznań with one datastream that expects a value in ten minutes. */
export function sampleThing(externalId: string): ThingDraft {
  return {
    name: 'Stacja przy rynku',
    description: 'Próba',
    externalId,
    properties: { kind: 'air', provider: 'Miasto', title: { pl: 'Stacja przy rynku', en: 'Market station' } },
    locations: [
      {
        name: 'Rynek',
        description: 'Na słupie',
        encodingType: 'application/geo+json',
        location: { type: 'Point', coordinates: [16.93, 52.41] },
        properties: {},
      },
    ],
    datastreams: [
      {
        name: 'PM10',
        description: 'Pył zawieszony',
        observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
        unit: { name: 'mikrogram na metr sześcienny', symbol: 'µg/m³', definition: null },
        expectedIntervalS: 600,
        properties: {},
        sensor: {
          name: 'Pyłomierz',
          description: 'Optyczny',
          encodingType: 'text/html',
          metadata: 'https://example.org',
          properties: {},
        },
        observedProperty: {
          name: 'PM10',
          description: 'Cząstki do 10 µm',
          definition: 'http://dd.eionet.europa.eu/vocabulary/aq/pollutant/5',
          properties: {},
        },
      },
    ],
  };
}
