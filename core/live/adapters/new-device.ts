/** A device that nobody made a Thing for, as a Thing of SensorThings with a Datastream for each declared kind. */
import type { SensorKind } from '../sensor-kind.ts';
import type { JsonObject } from '../sensor-things.ts';
import type { DeviceFacts } from './reading.ts';

export interface NewDevice {
  readonly externalId: string;
  readonly device: DeviceFacts;
  readonly source: string;
  readonly provider: string | undefined;
  readonly streams: readonly NewStream[];
}

export interface NewStream {
  readonly kind: SensorKind;
  readonly isForecast: boolean;
  /** Ids of what is there already; what is not is made. */
  readonly sensorId?: number | undefined;
  readonly observedPropertyId?: number | undefined;
}

const MEASUREMENT = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement';

/** Body of `POST /Things` (18-088, 10.2.1.2). */
export function thingBody({ externalId, device, source, provider, streams }: NewDevice): JsonObject {
  const name = device.name ?? `${source} ${device.id}`;
  const [first] = streams;
  return {
    name,
    description: [provider ?? source, device.model].filter((part) => part !== undefined).join(', '),
    properties: {
      externalId,
      source,
      ...(provider !== undefined && { provider }),
      ...(device.model !== undefined && { model: device.model }),
      ...(first !== undefined && { kind: first.kind.group }),
    },
    ...(device.lonLat !== undefined && {
      Locations: [
        {
          name,
          description: name,
          encodingType: 'application/geo+json',
          location: { type: 'Point', coordinates: device.lonLat },
        },
      ],
    }),
    Datastreams: streams.map((stream) => datastreamBody(stream, device, provider)),
  };
}

/** Body of `POST /Things(1)/Datastreams`. */
export function datastreamBody(
  { kind, isForecast, sensorId, observedPropertyId }: NewStream,
  device: DeviceFacts,
  provider: string | undefined,
): JsonObject {
  const { title, unit, definition, expectedIntervalS, range } = kind;
  const model = device.model ?? 'nieznany model / unknown model';
  return {
    name: isForecast ? `${title.pl} (prognoza)` : title.pl,
    description: `${title.pl} / ${title.en}${isForecast ? ' (prognoza / forecast)' : ''}`,
    observationType: MEASUREMENT,
    unitOfMeasurement: {
      name: unit.symbol.pl || unit.ucum,
      symbol: unit.symbol.pl,
      definition: `ucum:${unit.ucum}`,
    },
    properties: {
      unit: unit.symbol,
      expectedIntervalS,
      validRange: range,
      ...(isForecast && { method: 'forecast' }),
    },
    Sensor:
      sensorId !== undefined
        ? { '@iot.id': sensorId }
        : { name: model, description: provider ?? model, encodingType: 'text/html', metadata: model },
    ObservedProperty:
      observedPropertyId !== undefined
        ? { '@iot.id': observedPropertyId }
        : {
            name: title.pl,
            definition,
            description: `${title.pl} / ${title.en}`,
            properties: { kind: kind.code, title },
          },
  };
}
