/** The files of an order with the papers that tell of them. */
import { createHash } from 'node:crypto';
import { conflict } from '../../core/errors.ts';
import { manifestLayer, type OrderManifest } from '../../core/order/order-manifest.ts';
import { fileNote, orderNote } from '../../core/order/order-note.ts';
import { orderReadme } from '../../core/order/order-words.ts';
import { cityVersion, layerVersions } from '../store/city-version.ts';
import { papersOf } from './papers.ts';
import type { OrderPlace, SettledOrder } from './settle-order.ts';
import type { OrderedFile, OrderedLayer, WrittenOrder } from './writers/order-writer.ts';
import { ORDER_WRITERS } from './writers/writers.ts';

/** Rises when the same data are written in another way. */
const PACKING = 8;

/**
 * Changes whenever the bytes of the package would. For which case it is stands in every file, so another case is another
 * package; for which account does not.
 */
export async function orderVersion(
  { poolOf, layers: layersOfStore, relief }: OrderPlace,
  { order: { client: _, ...order }, view, layers, heights }: SettledOrder,
): Promise<string> {
  const names = layers.map(({ name }) => name);
  const state = await cityVersion(poolOf(view), layersOfStore, names, view);
  const asked = JSON.stringify([
    ...[PACKING, order, view.at ?? null, view.scenario?.id ?? null, view.who.roles],
    relief()?.version ?? null,
    ...(heights ? [heights.version] : []),
  ]);
  return createHash('sha256').update(`${asked} ${state}`).digest('hex').slice(0, 32);
}

/** @throws TwinError conflict at the end when a layer changed meanwhile */
export async function* filesOfOrder(place: OrderPlace, settled: SettledOrder): AsyncGenerator<OrderedFile> {
  const { poolOf, layers: layersOfStore, catalogue, city } = place;
  const { order, view, layers, estimate, features, area } = settled;
  const { client: _, ...taken } = order;
  const names = layers.map(({ name }) => name);
  const before = await layerVersions(poolOf(view), layersOfStore, names, view);
  const statuses = await Promise.all(names.map((name) => catalogue.status(name, view)));
  const dates = statuses.flatMap(({ loadedAt }) => (loadedAt === undefined ? [] : [Date.parse(loadedAt)]));
  const synthetic = names.filter((_name, index) => statuses[index]?.synthetic);
  const written: WrittenOrder = {
    ...{ place, settled, date: new Date(Math.max(0, ...dates)), synthetic },
    note: (noted, srid) =>
      fileNote(
        order,
        noted,
        srid,
        noted.some(({ name }) => synthetic.includes(name)),
      ),
  };
  const files: OrderManifest['files'][number][] = [];
  const fields: OrderManifest['fields'][number][] = [];
  async function* listed(file: OrderedFile): AsyncGenerator<OrderedFile> {
    const seen = { bytes: 0, sha256: createHash('sha256') };
    yield { ...file, bytes: watched(file.bytes, seen) };
    const { name, srid } = file;
    const sha256 = seen.sha256.digest('hex');
    const systems = srid !== undefined && { srid, heights: order.heights };
    files.push({ name, bytes: seen.bytes, sha256, ...systems });
    for (const field of file.fields ?? []) fields.push({ file: name, ...field });
  }
  for (const format of new Set(order.formats)) {
    const fitting = layers.filter(
      ({ name }) => !estimate.skipped.some((each) => each.layer === name && each.format === format),
    );
    const sources = fitting.map(
      (layer): OrderedLayer => ({
        layer,
        features: (srid) => features(layer.name, srid),
        packed: (srid) => settled.packed(layer, srid),
      }),
    );
    if (sources.length === 0) continue;
    for await (const file of ORDER_WRITERS[format](sources, written)) yield* listed(file);
  }
  const version = await orderVersion(place, settled);
  for (const paper of papersOf(settled, statuses, city.srid, version)) yield* listed(paper);
  const after = await layerVersions(poolOf(view), layersOfStore, names, view);
  const changed = names.filter((name) => before[name] !== after[name]);
  if (changed.length > 0) {
    throw conflict(`${changed.join(', ')} changed while the package was made; order again`, 'layers');
  }
  const manifest: OrderManifest = {
    ...{ city: city.name, order: taken, note: orderNote(order) },
    ...{ at: view.at?.toISOString() ?? null, scenario: view.scenario?.id ?? null, areaM2: area.areaM2 },
    layers: layers.map((layer, index) => {
      const objects = estimate.layers[index]?.objects ?? 0;
      return manifestLayer(layer, order, objects, before[layer.name] ?? '', statuses[index]);
    }),
    ...{ synthetic, files, fields, skipped: estimate.skipped },
  };
  yield { name: 'readme.txt', bytes: [Buffer.from(`\uFEFF${orderReadme(manifest, layers)}`)] };
  yield { name: 'manifest.json', bytes: [Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`)] };
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
