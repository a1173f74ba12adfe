/** What is written out of the twin in one go: a dataset, a moment or scenario, an area, and that it stays the same meanwhile. */
import { conflict, invalidParameter, notFound } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import type { FeatureStream } from '../../core/feature/source.ts';
import type { MultiPolygon } from '../../core/geo/geometry.ts';
import type { View } from '../access/view.ts';
import { layerVersions } from '../store/city-version.ts';
import { cutRelation } from '../store/cut-relation.ts';
import { CITY } from '../store/dataset.ts';
import { postgisSource } from '../store/features.ts';
import { layersOf } from '../store/layers.ts';
import { settleOrderArea } from '../store/order-area.ts';
import type { Pool } from '../store/pool.ts';
import { guarded, relationFor, withEndedVersions } from '../store/relation.ts';
import { sql } from '../store/sql.ts';
import { OFFICE, officeView } from './office-view.ts';
import { writeWhole } from './write-whole.ts';

export interface ExportScope {
  readonly pool: Pool;
  /** Where the data lie; undefined = the city. */
  readonly dataset?: string | undefined;
  /** EPSG code; undefined = that of the dataset. */
  readonly srid?: number | undefined;
  /** In the CRS of the city; whole objects that meet it are written. */
  readonly area?: MultiPolygon | undefined;
  readonly at?: Date | undefined;
  /** Id of a scenario. */
  readonly scenario?: string | undefined;
  /** Also the versions that the register itself has ended. */
  readonly withEnded?: boolean | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Names of layers are those of the city, without the dataset. */
export interface OpenExport {
  readonly dataset: string;
  readonly srid: number;
  readonly known: ReadonlySet<string>;
  readonly layers: readonly Layer[];
  /** The objects to be written, in that CRS. */
  readonly features: (layer: string) => FeatureStream | undefined;
  /** What they refer to, wherever it lies. */
  readonly find: (query: Pick<FeatureQuery, 'layer' | 'bbox' | 'filter'>) => FeatureStream;
  readonly count: (layer: string) => Promise<number>;
  /**
   * Puts the file in its place when it is whole: what stood there before stays until then.
   * @returns bytes
   * @throws TwinError conflict when the layers changed while they were written
   */
  readonly write: (path: string, chunks: AsyncIterable<Uint8Array>) => Promise<number>;
}

/** CRS of the city. */
const CITY_SRID = 2177;

/** @throws TwinError not-found or invalid-parameter for what cannot be asked for */
export async function openExport(scope: ExportScope, wanted: readonly string[]): Promise<OpenExport> {
  const { pool, dataset = CITY, signal } = scope;
  const layersOfStore = layersOf(pool);
  const layers = (await layersOfStore()).filter((layer) => layer.dataset === dataset);
  const view = await viewOf(scope);
  const [first] = layers;
  if (!first) throw notFound(`There is no dataset ${dataset}`, 'dataset');
  const srid = scope.srid ?? first.srid;
  const inDataset = (name: string) => (dataset === CITY ? name : `${dataset}.${name}`);
  const known = new Set(layers.map(({ name }) => (dataset === CITY ? name : name.slice(dataset.length + 1))));
  const names = [...new Set(wanted)].filter((name) => known.has(name)).map(inDataset);

  const relationOf = (layer: Layer) =>
    scope.withEnded ? guarded(withEndedVersions(layer), OFFICE) : relationFor(layer, view);
  const whole = postgisSource(pool, layersOfStore, (layer) => relationFor(layer, view));
  const shape = await shapeOf(scope, whole);
  const source = postgisSource(pool, layersOfStore, (layer) => {
    const relation = relationOf(layer);
    return relation && shape ? cutRelation(relation, sql`${shape}::geometry`, 'whole') : relation;
  });
  const before = await layerVersions(pool, layersOfStore, names, view);
  return {
    ...{ dataset, srid, known, layers },
    features: (layer) =>
      known.has(layer) ? source.query({ layer: inDataset(layer), srid }, signal) : undefined,
    find: (query) => whole.query({ ...query, layer: inDataset(query.layer), srid } as FeatureQuery, signal),
    count: (layer) => source.count({ layer: inDataset(layer) }, signal),
    write: (path, chunks) =>
      writeWhole(path, chunks, async () => {
        signal.throwIfAborted();
        const after = await layerVersions(pool, layersOfStore, names, view);
        const changed = names.filter((name) => before[name] !== after[name]);
        if (changed.length > 0) {
          throw conflict(`${changed.join(', ')} changed while the file was written; export again`, 'layers');
        }
      }),
  };
}

function viewOf({ pool, at, scenario, dataset, withEnded }: ExportScope): Promise<View> {
  if (scenario !== undefined && (withEnded || (dataset !== undefined && dataset !== CITY))) {
    throw invalidParameter('scenario', 'A scenario is of the city on its own base; give it alone');
  }
  return officeView(pool, { at, scenario });
}

async function shapeOf(
  { pool, area, dataset, signal }: ExportScope,
  whole: Parameters<typeof settleOrderArea>[1],
): Promise<Buffer | undefined> {
  if (area === undefined) return undefined;
  if (dataset !== undefined && dataset !== CITY) {
    throw invalidParameter('area', 'An area is of the city; other datasets are exported as a whole');
  }
  const asked = {
    kind: 'polygon',
    geometry: { type: area.type, coordinates: area.coordinates },
    srid: CITY_SRID,
  } as const;
  const { shape } = await settleOrderArea(pool, whole, asked, CITY_SRID, signal);
  return shape;
}
