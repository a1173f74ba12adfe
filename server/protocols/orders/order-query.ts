import { invalidParameter, missingParameter } from '../../../core/errors.ts';
import { parseBbox } from '../../../core/geo/bbox.ts';
import { boxGeometry } from '../../../core/geo/box-geometry.ts';
import { type DownloadOrder, downloadSchema, type OrderArea } from '../../../core/wire/order.ts';
import { type Kvp, readKvp } from '../../http/kvp.ts';
import type { AreaReading } from '../../services/orders.ts';

/** Ways to say the area, of which one is given. */
const AREAS = ['parcels', 'bbox', 'street', 'district', 'precinct', 'sheet', 'city', 'place'] as const;
/** Short names that links may use, and what they stand for. */
const SHORT: Readonly<Record<string, string>> = {
  ...{ parcel: 'parcels', buffer: 'bufferM', layer: 'layers', format: 'formats' },
};
/** What a link that names no layers asks for: the base map of a surveyor. */
const USUAL_LAYERS = [
  ...['parcels', 'boundary_points', 'buildings', 'addresses', 'control_points', 'roads', 'trees'],
  ...['utility_lines', 'utility_devices', 'utility_elevations'],
];

/**
 * An order as a link says it.
 * @param drawn an area that no link can say
 * @throws TwinError missing-parameter, invalid-parameter
 */
export function orderOf(query: URLSearchParams, drawn?: OrderArea): DownloadOrder {
  const parameters = readKvp(
    new URLSearchParams(
      [...query].map(([name, value]): [string, string] => [SHORT[name.toLowerCase()] ?? name, value]),
    ),
  );
  const given = AREAS.filter((name) => parameters.has(name));
  const [kind] = given;
  if (given.length + (drawn ? 1 : 0) !== 1) {
    throw missingParameter('area', `Say the area in one way: ${AREAS.join(', ')}`);
  }
  const named = ['cut', 'since', 'heights', 'profile', 'caseNumber', 'client'].flatMap((name) => {
    const value = parameters.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const read = downloadSchema.safeParse({
    area: kind === undefined ? drawn : areaOf(parameters, kind),
    layers: parameters.list('layers') ?? USUAL_LAYERS,
    formats: parameters.list('formats') ?? [],
    ...(parameters.get('crs') !== undefined && { srid: numberOf(parameters.get('crs'), 'crs') }),
    ...Object.fromEntries(named),
    ...mapOf(parameters),
  });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const [where = 'area'] = issue?.path.map(String) ?? [];
  const name = where === 'srid' ? 'crs' : where === 'map' ? issue?.path.slice(1).join('.') || where : where;
  throw invalidParameter(name, `${name} cannot be used: ${issue?.message}`);
}

/**
 * What is said of a file that holds an area.
 * @throws TwinError invalid-parameter
 */
export function areaReadingOf(query: URLSearchParams): AreaReading {
  const parameters = readKvp(query);
  const [srid, axes] = [parameters.get('srid'), parameters.get('axes')];
  if (axes !== undefined && axes !== 'en' && axes !== 'ne') {
    throw invalidParameter('axes', `axes must be en (easting first) or ne, got "${axes.slice(0, 50)}"`);
  }
  return {
    ...(srid !== undefined && { srid: numberOf(srid, 'srid') }),
    ...(axes !== undefined && { axes: axes === 'en' ? 'easting-northing' : 'northing-easting' }),
  };
}

/** `scale`, `paper` and `title` of a map on paper, `dpi` of one as pixels. */
function mapOf(parameters: Kvp): { readonly map?: object } {
  const [scale, paper, title, dpi] = ['scale', 'paper', 'title', 'dpi'].map((name) => parameters.get(name));
  if ([scale, paper, title, dpi].every((each) => each === undefined)) return {};
  const map = {
    ...(scale !== undefined && { scale: numberOf(scale.replace(/^1:/, ''), 'scale') }),
    ...(paper !== undefined && { paper }),
    ...(title !== undefined && { title }),
    ...(dpi !== undefined && { dpi: numberOf(dpi, 'dpi') }),
  };
  return { map };
}

function areaOf(parameters: Kvp, kind: (typeof AREAS)[number]): unknown {
  const text = parameters.get(kind) ?? '';
  const metres = (name: string, usual: number) => numberOf(parameters.get(name) ?? String(usual), name);
  switch (kind) {
    case 'parcels':
      return { kind, ids: parameters.list(kind), bufferM: metres('bufferM', 0) };
    case 'bbox': {
      const srid = numberOf(parameters.get('bbox-crs') ?? '2177', 'bbox-crs');
      const box = parseBbox(text, srid, 'easting-northing');
      return { kind: 'polygon', srid, geometry: boxGeometry(box, srid) };
    }
    case 'street':
      return { kind, name: text, widthM: metres('widthM', 40) };
    // Not `at`: that is a moment at every door.
    case 'place': {
      const [x, y] = text.split(',').map((part) => numberOf(part, 'place'));
      return {
        kind,
        at: [x, y],
        srid: numberOf(parameters.get('place-crs') ?? '2177', 'place-crs'),
        radiusM: metres('radiusM', 50),
      };
    }
    case 'district':
    case 'precinct':
      return { kind, id: text };
    case 'sheet':
      return { kind, name: text };
    case 'city':
      return { kind };
  }
}

function numberOf(text: string | undefined, name: string): number {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text.replace(/^EPSG:/i, ''));
  if (Number.isFinite(value)) return value;
  throw invalidParameter(name, `${name} must be a number, got "${String(text).slice(0, 50)}"`);
}
