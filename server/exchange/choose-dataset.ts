import { basename } from 'node:path';
import type { Feature } from '../../core/feature/feature.ts';
import { type Bbox, bboxOf, reprojectBbox } from '../../core/geo/bbox.ts';
import { CITY } from '../store/dataset.ts';
import type { Pool } from '../store/pool.ts';
import { sql } from '../store/sql.ts';

export interface DatasetChoice {
  readonly dataset: string;
  /** Storage CRS. */
  readonly srid: number;
  /** Why it was chosen, when nobody named it. */
  readonly reason: string | undefined;
}

/**
 * The dataset for a file: the one named; else the city; else, when objects outside are allowed and the file is
 * in another CRS or its first object lies elsewhere, one of its own named after the file.
 */
export async function chooseDataset(
  pool: Pool,
  first: { readonly feature: Feature; readonly srid: number },
  wish: { readonly path: string; readonly dataset: string | undefined; readonly allowOutside: boolean },
): Promise<DatasetChoice> {
  const named = wish.dataset;
  if (named !== undefined) {
    return { dataset: named, srid: (await storedSrid(pool, named)) ?? first.srid, reason: undefined };
  }
  const citySrid = (await storedSrid(pool, CITY)) ?? first.srid;
  const elsewhere = wish.allowOutside ? await whyElsewhere(pool, first, citySrid) : undefined;
  if (elsewhere === undefined) return { dataset: CITY, srid: citySrid, reason: undefined };
  const dataset = datasetNameOf(wish.path);
  return {
    dataset,
    srid: (await storedSrid(pool, dataset)) ?? first.srid,
    reason: `The file goes into a dataset of its own, "${dataset}", because ${elsewhere}`,
  };
}

async function whyElsewhere(
  pool: Pool,
  { feature, srid }: { readonly feature: Feature; readonly srid: number },
  citySrid: number,
): Promise<string | undefined> {
  if (srid !== citySrid) return `its CRS is EPSG:${srid}, not that of the city (EPSG:${citySrid})`;
  const box = feature.geometry && bboxOf(feature.geometry, srid);
  if (box === undefined) return undefined;
  return (await meetsCity(pool, reprojectBbox(box, citySrid)))
    ? undefined
    : 'its first object lies outside the city';
}

/** Whether a box, in the CRS of the city, meets its area; any does while nobody has said where the city lies. */
export async function meetsCity(pool: Pool, { minX, minY, maxX, maxY, srid }: Bbox): Promise<boolean> {
  const [row] = await pool.read<{ inside: boolean }>(
    sql`select area is null or ST_Intersects(area, ST_MakeEnvelope(${minX}::float8, ${minY}::float8,
      ${maxX}::float8, ${maxY}::float8, ${srid}::integer)) as inside
      from twin.dataset where name = ${CITY}::text`,
  );
  return row?.inside !== false;
}

/** CRS in which a dataset is stored; undefined where there is none. */
export async function storedSrid(pool: Pool, dataset: string): Promise<number | undefined> {
  const [row] = await pool.read<{ srid: number }>(
    sql`select srid from twin.dataset where name = ${dataset}::text`,
  );
  return row?.srid;
}

const LONGEST_NAME = 40;

/** `Dane Włocławek (1).gml` becomes `dane_wloclawek_1`: what the store takes as a name. */
export function datasetNameOf(path: string): string {
  const name = basename(path)
    .replace(/\.[^.]*$/, '')
    .normalize('NFD')
    .replaceAll(/[łŁ]/g, 'l')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^_+/, '')
    .slice(0, LONGEST_NAME - 2)
    .replace(/_+$/, '');
  const isPlain =
    /^[a-z]/.test(name) &&
    !/^(city|twin|public|topology|tiger|tiger_data|information_schema|pg_.*)$/.test(name);
  return isPlain ? name : `d_${name}`.replace(/_$/, '_file');
}
