/** A register of the twin as one exchange file. */
import { conflict, invalidParameter, notFound } from '../../core/errors.ts';
import type { Layer } from '../../core/feature/layer.ts';
import type { FeatureQuery } from '../../core/feature/query.ts';
import { type RegisterReport, RegisterTally } from '../../core/formats/register-gml/register-tally.ts';
import { type Register, writeRegister } from '../../core/formats/register-gml/write-register.ts';
import { crsOf } from '../../core/geo/crs.ts';
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

export interface RegisterExporting {
  readonly pool: Pool;
  readonly register: Register;
  readonly path: string;
  /** Where the register lies; undefined = the city. */
  readonly dataset?: string | undefined;
  /** EPSG code of a plane zone; undefined = that of the dataset. */
  readonly srid?: number | undefined;
  /** In the CRS of the city; whole objects that meet it are written. */
  readonly area?: MultiPolygon | undefined;
  readonly at?: Date | undefined;
  /** Id of a scenario. */
  readonly scenario?: string | undefined;
  /** Also the versions that the register itself has ended. */
  readonly withEnded?: boolean | undefined;
  /** Also objects that lack what the schema demands; the file is then not valid. */
  readonly keepIncomplete?: boolean | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface RegisterExported extends RegisterReport {
  readonly file: string;
  readonly register: string;
  readonly namespace: string;
  readonly crs: string;
  readonly dataset: string;
  readonly objects: number;
  readonly bytes: number;
  readonly seconds: number;
}

/** CRS of the city. */
const CITY_SRID = 2177;

/**
 * Writes a register beside its place and puts it there when it is whole: what stood there before stays until then.
 * @throws TwinError not-found or invalid-parameter for what cannot be asked for, conflict when the data changed
 *   meanwhile; the signal's reason when aborted. Nothing was written then.
 */
export async function exportRegister(options: RegisterExporting): Promise<RegisterExported> {
  const { pool, register, path, dataset = CITY, signal, onProgress = () => {} } = options;
  const started = performance.now();
  const layersOfStore = layersOf(pool);
  const layers = (await layersOfStore()).filter((layer) => layer.dataset === dataset);
  const view = await viewOf(options);
  const [first] = layers;
  if (!first) throw notFound(`There is no dataset ${dataset}`, 'dataset');
  const srid = options.srid ?? first.srid;
  if (crsOf(srid).unit !== 'm') {
    throw invalidParameter('crs', `The registers are in metres; EPSG:${srid} is in degrees. Take EPSG:2177`);
  }
  const inDataset = (name: string) => (dataset === CITY ? name : `${dataset}.${name}`);
  const known = new Set(layers.map(({ name }) => (dataset === CITY ? name : name.slice(dataset.length + 1))));
  const names = register.classes.map(({ layer }) => layer).filter((name) => known.has(name));

  const relationOf = (layer: Layer) =>
    options.withEnded ? guarded(withEndedVersions(layer), OFFICE) : relationFor(layer, view);
  const whole = postgisSource(pool, layersOfStore, (layer) => relationFor(layer, view));
  const shape = await shapeOf(options, whole);
  const source = postgisSource(pool, layersOfStore, (layer) => {
    const relation = relationOf(layer);
    return relation && shape ? cutRelation(relation, sql`${shape}::geometry`, 'whole') : relation;
  });

  const before = await layerVersions(pool, layersOfStore, names, view);
  let total = 0;
  for (const name of names) total += await source.count({ layer: inDataset(name) }, signal);
  const tally = new RegisterTally();
  const bytes = await writeWhole(
    path,
    writeRegister(register, {
      ...{ srid, known, tally, keepIncomplete: options.keepIncomplete === true },
      features: (layer) =>
        known.has(layer) ? source.query({ layer: inDataset(layer), srid }, signal) : undefined,
      find: (query) => whole.query({ ...query, layer: inDataset(query.layer), srid } as FeatureQuery, signal),
      onProgress: (done) => onProgress(done, total),
    }),
    async () => {
      signal.throwIfAborted();
      const after = await layerVersions(pool, layersOfStore, names, view);
      const changed = names.filter((name) => before[name] !== after[name]);
      if (changed.length > 0) {
        throw conflict(`${changed.join(', ')} changed while the file was written; export again`, 'layers');
      }
    },
  );
  const report = tally.report();
  return {
    ...{ file: path, register: register.name, namespace: register.namespace, crs: `EPSG:${srid}`, dataset },
    objects: tally.objects(),
    bytes,
    ...report,
    seconds: Math.round(performance.now() - started) / 1000,
  };
}

function viewOf({ pool, at, scenario, dataset, withEnded }: RegisterExporting): Promise<View> {
  if (scenario !== undefined && (withEnded || (dataset !== undefined && dataset !== CITY))) {
    throw invalidParameter('scenario', 'A scenario is of the city on its own base; give it alone');
  }
  return officeView(pool, { at, scenario });
}

async function shapeOf(
  { pool, area, dataset, signal }: RegisterExporting,
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
