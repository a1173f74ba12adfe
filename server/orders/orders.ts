import { createHash } from 'node:crypto';
import { conflict, invalidParameter, tooLarge } from '../../core/errors.ts';
import { layerNamed } from '../../core/feature/check-query.ts';
import type { Layer, Text } from '../../core/feature/layer.ts';
import type { FeatureStream } from '../../core/feature/source.ts';
import { ORDER_FORMAT_FACTS, skipOf } from '../../core/order/order-formats.ts';
import { manifestLayer, type OrderManifest } from '../../core/order/order-manifest.ts';
import { orderReadme } from '../../core/order/order-words.ts';
import type { OrderEstimate, OrderFormat, OrderRequest } from '../../core/wire/order.ts';
import type { View } from '../access/view.ts';
import type { Catalogue } from '../services/catalogue.ts';
import type { GeoPackages } from '../services/geo-packages.ts';
import type { Orders } from '../services/orders.ts';
import { cityVersion, layerVersions } from '../store/city-version.ts';
import { cutRelation } from '../store/cut-relation.ts';
import { type LayersProvider, postgisSource } from '../store/features.ts';
import { type SettledArea, settleOrderArea } from '../store/order-area.ts';
import type { Pool } from '../store/pool.ts';
import { relationFor } from '../store/relation.ts';
import { sql } from '../store/sql.ts';
import { type OrderedFile, type OrderedLayer, writeFiles } from './write-files.ts';
import { zipStream } from './zip-stream.ts';

export interface OrderPlace {
  readonly poolOf: (view: View) => Pool;
  readonly layers: LayersProvider;
  readonly catalogue: Catalogue;
  readonly geoPackages: GeoPackages;
  readonly city: { readonly name: Text; readonly srid: number };
}

/** Objects times formats that are answered at once. */
const MOST_AT_ONCE = 400_000;
/** Before the first object. */
const BEGIN_S = 0.2;
const [BYTES_OF_PAPERS, BYTES_OF_FILE] = [4_000, 500];
/** Zones of PL-2000 are three degrees wide; their neighbours' coordinates are used a little way into them. */
const CENTRAL_MERIDIANS: Readonly<Record<number, number>> = { 2176: 15, 2177: 18, 2178: 21, 2179: 24 };
const ZONE_REACH_DEG = 2.5;

interface Settled {
  readonly order: OrderRequest;
  readonly view: View;
  readonly area: SettledArea;
  readonly layers: readonly Layer[];
  readonly estimate: OrderEstimate;
  readonly features: (layer: string, srid: number) => FeatureStream;
  readonly signal: AbortSignal;
}

export function offerOrders(place: OrderPlace): Orders {
  const { poolOf, layers: layersOfStore, catalogue, city } = place;

  async function settle(order: OrderRequest, view: View, signal: AbortSignal): Promise<Settled> {
    const pool = poolOf(view);
    const known = await catalogue.layers(view);
    const layers = [...new Set(order.layers)].map((name) => layerNamed(known, name));
    for (const { name, srid } of layers) {
      if (srid === city.srid) continue;
      throw invalidParameter(
        'layers',
        `Layer ${name} is kept in EPSG:${srid}; orders are of the city in EPSG:${city.srid}`,
      );
    }
    const whole = postgisSource(pool, layersOfStore, (layer) => relationFor(layer, view));
    const area = await settleOrderArea(pool, whole, order.area, city.srid, signal);
    checkZone(order.srid, area);
    const { shape } = area;
    const source =
      shape === undefined
        ? whole
        : postgisSource(pool, layersOfStore, (layer) => {
            const relation = relationFor(layer, view);
            return relation && cutRelation(relation, sql`${shape}::geometry`, order.cut);
          });
    const counted: { layer: string; objects: number }[] = [];
    for (const { name } of layers) {
      counted.push({ layer: name, objects: await source.count({ layer: name }, signal) });
    }
    const estimate = estimateOf(order, layers, counted, area.areaM2);
    if (shape !== undefined && estimate.objects === 0) {
      throw invalidParameter(
        'area',
        'No object of these layers lies in the area. Is it within the city, and in the coordinates that srid says?',
      );
    }
    return {
      ...{ order, view, area, layers, estimate, signal },
      features: (layer, srid) => source.query({ layer, srid }, signal),
    };
  }

  return {
    estimate: async (order, view, signal) => (await settle(order, view, signal)).estimate,

    async pack(order, view, signal) {
      const settled = await settle(order, view, signal);
      const { estimate } = settled;
      if (estimate.objects * order.formats.length > MOST_AT_ONCE) {
        throw tooLarge(
          `${estimate.objects} objects in ${order.formats.length} formats are more than the ${MOST_AT_ONCE} that one answer holds; order a smaller area, fewer layers or fewer formats`,
          'area',
        );
      }
      const version = await versionOf(settled);
      return { fileName: fileNameOf(order, version), version, bytes: zipStream(filesOf(settled)) };
    },
  };

  async function versionOf({ order, view, layers }: Settled): Promise<string> {
    const names = layers.map(({ name }) => name);
    const state = await cityVersion(poolOf(view), layersOfStore, names, view);
    const asked = JSON.stringify([order, view.at ?? null, view.scenario?.id ?? null, view.who.roles]);
    return createHash('sha256').update(`${asked} ${state}`).digest('hex').slice(0, 32);
  }

  async function* filesOf(settled: Settled): AsyncGenerator<OrderedFile> {
    const { order, view, layers, estimate, features, area } = settled;
    const names = layers.map(({ name }) => name);
    const before = await layerVersions(poolOf(view), layersOfStore, names, view);
    const statuses = await Promise.all(names.map((name) => catalogue.status(name, view)));
    const dates = statuses.flatMap(({ loadedAt }) => (loadedAt === undefined ? [] : [Date.parse(loadedAt)]));
    const options = {
      ...{ geoPackages: place.geoPackages, srid: order.srid, heights: order.heights },
      date: new Date(Math.max(0, ...dates)),
    };
    const files: OrderManifest['files'][number][] = [];
    const fields: OrderManifest['fields'][number][] = [];
    for (const format of ordered(order.formats)) {
      const taken = layers.filter(
        ({ name }) => !estimate.skipped.some((each) => each.layer === name && each.format === format),
      );
      const sources = taken.map(
        (layer): OrderedLayer => ({ layer, features: (srid) => features(layer.name, srid) }),
      );
      if (sources.length === 0) continue;
      for await (const file of writeFiles(format, sources, options)) {
        const seen = { bytes: 0, sha256: createHash('sha256') };
        yield { ...file, bytes: watched(file.bytes, seen) };
        const { name, srid } = file;
        const sha256 = seen.sha256.digest('hex');
        files.push({ name, bytes: seen.bytes, sha256, ...(srid !== undefined && { srid }) });
        for (const field of file.fields ?? []) fields.push({ file: name, ...field });
      }
    }
    const after = await layerVersions(poolOf(view), layersOfStore, names, view);
    const changed = names.filter((name) => before[name] !== after[name]);
    if (changed.length > 0) {
      throw conflict(`${changed.join(', ')} changed while the package was made; order again`, 'layers');
    }
    const manifest: OrderManifest = {
      ...{ city: city.name, order, at: view.at?.toISOString() ?? null, scenario: view.scenario?.id ?? null },
      areaM2: area.areaM2,
      layers: names.map((name, index) =>
        manifestLayer(
          name,
          estimate.layers[index]?.objects ?? 0,
          before[name] ?? '',
          statuses[index] ?? { loadedAt: undefined, source: undefined },
        ),
      ),
      synthetic: names.filter((_, index) => statuses[index]?.synthetic),
      ...{ files, fields, skipped: estimate.skipped },
    };
    yield { name: 'readme.txt', bytes: [Buffer.from(`\uFEFF${orderReadme(manifest, layers)}`)] };
    yield { name: 'manifest.json', bytes: [Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`)] };
  }
}

async function* watched(
  bytes: OrderedFile['bytes'],
  seen: { bytes: number; readonly sha256: ReturnType<typeof createHash> },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    seen.bytes += chunk.length;
    seen.sha256.update(chunk);
    yield chunk;
  }
}

const ordered = (formats: readonly OrderFormat[]): readonly OrderFormat[] => [...new Set(formats)];

const fileNameOf = ({ srid, heights }: OrderRequest, version: string): string =>
  `blizniak_${version.slice(0, 8)}_EPSG${srid}_${heights}.zip`;

function estimateOf(
  order: OrderRequest,
  layers: readonly Layer[],
  counted: OrderEstimate['layers'],
  areaM2: number | null,
): OrderEstimate {
  const objectsOf = (name: string) => counted.find(({ layer }) => layer === name)?.objects ?? 0;
  const skipped = ordered(order.formats).flatMap((format) =>
    layers.flatMap((layer) => skipOf(layer, format, order.srid, objectsOf(layer.name)) ?? []),
  );
  let [bytes, seconds] = [BYTES_OF_PAPERS, BEGIN_S];
  for (const format of ordered(order.formats)) {
    const { bytesPerObject, objectsPerS } = ORDER_FORMAT_FACTS[format];
    for (const { layer, objects } of counted) {
      if (skipped.some((each) => each.layer === layer && each.format === format)) continue;
      bytes += objects * bytesPerObject + BYTES_OF_FILE;
      seconds += objects / objectsPerS;
    }
  }
  const objects = counted.reduce((sum, each) => sum + each.objects, 0);
  return { areaM2, layers: counted, objects, bytes, seconds: Math.round(seconds * 10) / 10, skipped };
}

function checkZone(srid: number, { lon }: SettledArea): void {
  const meridian = CENTRAL_MERIDIANS[srid];
  if (meridian === undefined || lon === undefined || Math.abs(lon - meridian) <= ZONE_REACH_DEG) return;
  const right = Object.entries(CENTRAL_MERIDIANS).toSorted(
    ([, a], [, b]) => Math.abs(lon - a) - Math.abs(lon - b),
  )[0]?.[0];
  throw invalidParameter(
    'srid',
    `EPSG:${srid} is the zone of ${meridian}° E, and the area lies at ${lon.toFixed(2)}° E; use EPSG:${right}, or EPSG:2180 for the whole country`,
  );
}
