import type { FeatureSource, FeatureStream } from '../../core/feature/source.ts';
import type { MapSource } from '../../tiles/picture/map-source.ts';
import type { KeptPictures } from '../../tiles/picture/picture-maker.ts';
import type { DocumentSource, Tile, TileSource } from '../../tiles/source.ts';
import type { View } from '../access/view.ts';
import type { Protocol } from '../http/protocol.ts';
import type { Services } from '../services.ts';
import { AsksInWork } from './asks-in-work.ts';

type Counted = Pick<
  Services,
  'uses' | 'featuresFor' | 'keptPictures' | 'maps' | 'mapTiles' | 'vectorTiles' | 'tiles3d' | 'terrain'
>;

export interface CountedDoor {
  /** Name in the table of uses. */
  readonly door: string;
  /** What objects become at the door: themselves, or one answer drawn or told from them. */
  readonly objectsAre: 'objects' | 'one answer';
  /** Name of its tiles that are pictures. Default `map-tiles`. */
  readonly mapTiles?: string;
}

/**
 * A protocol whose answers are counted by the layers that they take from: one request of each layer for each answer, none
 * for a refusal or a failure (ADR 68).
 */
export function countedDoor<S extends Counted>(
  services: S,
  { door, objectsAre, mapTiles = 'map-tiles' }: CountedDoor,
  make: (services: S) => Protocol,
): Protocol {
  const asks = new AsksInWork(services.uses);
  const protocol = make({
    ...services,
    featuresFor: (view: View) => countedFeatures(services.featuresFor(view), asks, door, objectsAre),
    maps: (view: View) => countedMaps(services.maps(view), asks, door),
    keptPictures: (view: View) => countedPictures(services.keptPictures(view), asks, door),
    mapTiles: (view: View) => countedTiles(services.mapTiles(view), asks, mapTiles),
    vectorTiles: (view: View) => countedTiles(services.vectorTiles(view), asks, 'vector-tiles'),
    tiles3d: (view: View) => countedDocuments(services.tiles3d(view), asks, '3d-tiles'),
    terrain: (view: View) => countedDocuments(services.terrain(view), asks, 'terrain'),
  });
  return {
    ...protocol,
    routes: protocol.routes.map((route) => ({
      ...route,
      async handle(ask) {
        const reply = await route.handle(ask);
        if (reply.status < 400) asks.answered(ask.signal);
        return reply;
      },
    })),
  };
}

function countedFeatures(
  source: FeatureSource,
  asks: AsksInWork,
  door: string,
  objectsAre: CountedDoor['objectsAre'],
): FeatureSource {
  const { written } = source;
  const told = (signal: object, layer: string, objects: number) =>
    asks.add(signal, door, layer, objectsAre === 'objects' ? objects : 1);
  return {
    layers: () => source.layers(),
    count: (query, signal, most) => source.count(query, signal, most),
    query(query, signal) {
      const rows = source.query(query, signal);
      const { handedOut = Number.POSITIVE_INFINITY, layer } = query;
      if (handedOut === 0) return rows;
      return countedRows(rows, (objects) => told(signal, layer, Math.min(objects, handedOut)));
    },
    ...(written && {
      async written(query, form, signal) {
        const page = await written(query, form, signal);
        if (page) told(signal, query.layer, page.count);
        return page;
      },
    }),
    async byId(layer, id, srid, signal) {
      const found = await source.byId(layer, id, srid, signal);
      if (found) told(signal, layer, 1);
      return found;
    },
  };
}

/** The same rows; whoever has enough of them leaves before the end, and those that came are told all the same. */
function countedRows(rows: FeatureStream, ended: (objects: number) => void): FeatureStream {
  async function* counted<Item>(items: AsyncIterable<Item>, sizeOf: (item: Item) => number) {
    let objects = 0;
    let isWhole = true;
    try {
      for await (const item of items) {
        objects += sizeOf(item);
        yield item;
      }
    } catch (error) {
      isWhole = false;
      throw error;
    } finally {
      if (isWhole) ended(objects);
    }
  }
  const { batches } = rows;
  return {
    [Symbol.asyncIterator]: () => counted(rows, () => 1),
    ...(batches && {
      async *batches() {
        const held = async function* () {
          for await (const batch of batches()) yield Array.isArray(batch) ? batch : [...batch];
        };
        yield* counted(held(), (batch) => batch.length);
      },
    }),
  };
}

/** A kept picture is drawn for several who ask: each of them is counted, whoever's signal it was drawn under. */
function countedPictures(pictures: KeptPictures, asks: AsksInWork, door: string): KeptPictures {
  return {
    async of(shown, make, signal) {
      const bytes = await pictures.of(shown, make, signal);
      for (const layer of shown.layers) asks.addOnce(signal, door, layer);
      return bytes;
    },
  };
}

/** A map asks for versions first; where it asks for shapes or pictures as well, it draws them. */
function countedMaps(maps: MapSource, asks: AsksInWork, door: string): MapSource {
  const { pictures } = maps;
  return {
    async versions(areas, signal) {
      const versions = await maps.versions(areas, signal);
      for (const { layer } of areas) asks.add(signal, door, layer.name, 0);
      return versions;
    },
    async shapes(ask, signal) {
      const shapes = await maps.shapes(ask, signal);
      asks.addOnce(signal, door, ask.layer.name);
      return shapes;
    },
    ...(pictures && {
      async pictures(ask, frame, signal) {
        const found = await pictures(ask, frame, signal);
        asks.addOnce(signal, door, ask.layer.name);
        return found;
      },
    }),
  };
}

/** What the client held already, and a tile without anything in it, are answers that hand out nothing. */
function addTile(
  asks: AsksInWork,
  signal: object,
  door: string,
  layer: string,
  tile: Tile | 'unchanged' | undefined,
): void {
  if (tile) asks.add(signal, door, layer, tile === 'unchanged' || tile.bytes.length === 0 ? 0 : 1);
}

const countedTiles = (tiles: TileSource, asks: AsksInWork, door: string): TileSource => ({
  async get(tile, signal, known) {
    const found = await tiles.get(tile, signal, known);
    addTile(asks, signal, door, layerOf(tile.layer), found);
    return found;
  },
});

/** Sets of 3D tiles may be parts of a layer: `gas.utility_lines`. */
const layerOf = (set: string): string => set.slice(set.lastIndexOf('.') + 1);

const countedDocuments = (source: DocumentSource, asks: AsksInWork, door: string): DocumentSource => ({
  ...countedTiles(source, asks, door),
  async document(layer, signal, known) {
    const found = await source.document(layer, signal, known);
    addTile(asks, signal, door, layerOf(layer), found);
    return found;
  },
});
