/** Buildings of a CityJSON document as objects of `buildings_3d`. */
import type { PropertyValue } from '../../feature/feature.ts';
import type { Position, Ring } from '../../geo/geometry.ts';
import {
  type Face,
  FoundFaces,
  KIND_OF_CLASS,
  MAX_STOREYS,
  modelHeights,
  stateOf,
  upkeepOf,
} from '../building-model.ts';
import type { SurfaceKind } from '../citygml/surface-kinds.ts';
import { isBuildingId } from '../egib/teryt-id.ts';
import type { Notebook } from '../notebook.ts';
import type { ProblemCode, ReadEvent } from '../reader.ts';
import { eachSurface } from './boundaries.ts';
import { type CityLooks, looksOfSurface } from './looks.ts';

type Entries = Readonly<Record<string, unknown>>;

export interface CityDocument {
  readonly objects: Entries;
  readonly vertices: readonly (readonly number[])[];
  readonly transform: Entries | undefined;
  readonly looks: CityLooks | undefined;
}

export const isRecord = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const corners = (vertices: unknown): readonly (readonly number[])[] =>
  Array.isArray(vertices) ? vertices : [];

/** A building or a piece of one. */
interface Unit {
  readonly type: string;
  readonly attributes: Entries;
  readonly geometry: readonly Entries[];
}

const PIECES: readonly string[] = ['BuildingPart', 'BuildingInstallation'];
/** Whole numbers of vertices times their scale end beyond a nanometre. */
const DIGITS = 9;

class Fault extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** An event for each object that stands for itself: parts, rooms and furniture are of their building. */
export function* readBuildings(
  document: CityDocument,
  srid: number | undefined,
  notes: Notebook,
): Generator<ReadEvent> {
  for (const [id, object] of Object.entries(document.objects)) {
    const type = isRecord(object) ? String(object['type']) : 'object';
    const parents = isRecord(object) && Array.isArray(object['parents']) ? object['parents'] : [];
    if (parents.some((parent) => document.objects[String(parent)] !== undefined)) continue;
    try {
      if (type !== 'Building' || !isRecord(object)) {
        throw new Fault('class-not-stored', `${type} is a class for which there is no layer yet`);
      }
      if (srid === undefined) {
        throw new Fault('unknown-crs', 'The file names no CRS (metadata.referenceSystem); give one');
      }
      yield readBuilding(id, object, document, srid, notes);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const { code, message } = error;
      yield { kind: 'rejected', problem: { code, objectId: id, objectClass: type, message } };
    }
  }
}

function readBuilding(
  id: string,
  object: Entries,
  document: CityDocument,
  srid: number,
  notes: Notebook,
): ReadEvent {
  const units = unitsOf(object, document, new Set([id]));
  const lods = units.map(highestLod);
  const lod = Math.trunc(
    Math.max(...lods.filter((_, index) => units[index]?.type !== 'BuildingInstallation')),
  );
  if (!(lod >= 1)) {
    const given = lod === 0 ? 'only LOD0' : 'no geometry';
    throw new Fault('missing-geometry', `The building has ${given}; surfaces of LOD1 or higher are needed`);
  }
  const found = new FoundFaces();
  const at = cornerReader(document);
  const looks: Looks = (geometry, path, rings) =>
    document.looks ? looksOfSurface(document.looks, geometry, path, rings, notes) : [];
  for (const [index, unit] of units.entries()) collect(unit, lods[index] ?? 0, srid, at, looks, found);
  const { appearance } = found;
  const faces = found.settled(srid);
  const [attributes = {}] = units.map((unit) => unit.attributes);
  const text = (name: string) => (typeof attributes[name] === 'string' ? attributes[name] : null);
  const { fromFootToTopM, groundM } = modelHeights(faces);
  const properties: Record<string, PropertyValue> = {
    building_id: [id, ...Object.values(attributes)].find(isRegisterId) ?? null,
    lod,
    state: stateOf(attributes['state']),
    ...upkeepOf((name) => attributes[name], notes),
    function: wordsOf(attributes['function']),
    roof_type: wordsOf(units.map((unit) => unit.attributes['roofType']).find((each) => each !== undefined)),
    height_m: measuredHeight(units, notes) ?? fromFootToTopM,
    ground_height_m: groundM,
    storeys_above: storeysOf(units, notes),
    surface_kinds: faces.map(({ kind }) => kind).join(''),
    roof_source: text('roof_source'),
    iip_namespace: text('iip_namespace'),
    iip_version: text('iip_version'),
  };
  const geometry = { type: 'MultiPolygon', coordinates: faces.map((face: Face) => face.rings) } as const;
  return {
    kind: 'object',
    srid,
    ended: Boolean(text('terminationDate')),
    feature: { layer: 'buildings_3d', id, geometry, properties },
    ...(appearance && { appearance }),
  };
}

/** The building, then its parts and installations, however deep. */
function unitsOf(object: Entries, document: CityDocument, seen: Set<string>): readonly Unit[] {
  const { attributes, geometry, children } = object;
  const unit: Unit = {
    type: String(object['type']),
    attributes: isRecord(attributes) ? attributes : {},
    geometry: Array.isArray(geometry) ? geometry.filter(isRecord) : [],
  };
  const pieces = (Array.isArray(children) ? children : []).flatMap((child) => {
    const piece = document.objects[String(child)];
    if (!isRecord(piece) || !PIECES.includes(String(piece['type'])) || seen.has(String(child))) return [];
    seen.add(String(child));
    return unitsOf(piece, document, seen);
  });
  return [unit, ...pieces];
}

const lodOf = (geometry: Entries): number => {
  const lod = Number.parseFloat(String(geometry['lod']));
  return Number.isFinite(lod) ? lod : -1;
};

const highestLod = ({ geometry }: Unit): number => Math.max(-1, ...geometry.map(lodOf));

/** What is said of the look of the surface at a place of the boundaries, with so many corners in each ring. */
type Looks = (
  geometry: Entries,
  path: readonly number[],
  corners: readonly number[],
) => ReturnType<typeof looksOfSurface>;

function collect(
  { type, geometry }: Unit,
  lod: number,
  srid: number,
  at: (index: unknown) => Position,
  looksAt: Looks,
  found: FoundFaces,
): void {
  const outside = type === 'BuildingInstallation' ? 'O' : undefined;
  for (const each of geometry) {
    if (lodOf(each) !== lod) continue;
    for (const { rings, meaning, isInSolid, path } of eachSurface(each)) {
      const kind = outside ?? (meaning === undefined ? undefined : kindOf(meaning));
      if (kind === 'inside') continue;
      found.take(
        rings.map((ring) => closedRing(ring, at)),
        srid,
        kind,
        isInSolid,
        looksAt(
          each,
          path,
          rings.map((ring) => ring.length),
        ),
      );
    }
  }
}

/** Doors and windows stand in their wall; extensions (`+…`) look where they look. */
function kindOf(meaning: string): SurfaceKind | 'inside' | undefined {
  if (meaning === 'Door' || meaning === 'Window') return 'O';
  if (!(meaning in KIND_OF_CLASS)) return undefined;
  return KIND_OF_CLASS[meaning] ?? 'inside';
}

function closedRing(indexes: readonly unknown[], at: (index: unknown) => Position): Ring {
  if (indexes.length < 3) throw new Fault('invalid-geometry', 'A ring has fewer than three corners');
  const ring = indexes.map(at);
  return [...ring, ring[0] as Position];
}

function cornerReader({ vertices, transform }: CityDocument): (index: unknown) => Position {
  const three = (value: unknown, otherwise: number) =>
    [0, 1, 2].map((axis) => Number((Array.isArray(value) ? value[axis] : undefined) ?? otherwise));
  const [scale, translate] = [three(transform?.['scale'], 1), three(transform?.['translate'], 0)];
  return (index) => {
    const corner = vertices[Number(index)];
    const [x, y, z] = [0, 1, 2].map((axis) =>
      Number(((corner?.[axis] ?? Number.NaN) * (scale[axis] ?? 1) + (translate[axis] ?? 0)).toFixed(DIGITS)),
    );
    if (x === undefined || y === undefined || z === undefined || !Number.isFinite(x + y + z)) {
      throw new Fault('invalid-geometry', `A surface names the corner ${String(index)}, which there is not`);
    }
    return [x, y, z];
  };
}

const isRegisterId = (value: unknown): value is string => typeof value === 'string' && isBuildingId(value);

function wordsOf(value: unknown): string | null {
  const words = [value].flat().filter((each) => typeof each === 'string' || typeof each === 'number');
  return words.length === 0 ? null : words.join(', ');
}

function measuredHeight(units: readonly Unit[], notes: Notebook): number | undefined {
  const known = units.map(({ attributes }) => Number(attributes['measuredHeight'])).filter((m) => m > 0);
  if (known.length > 0) return Math.max(...known);
  notes.add('height', 'A building without measuredHeight has the height of its model, foot to top');
  return undefined;
}

function storeysOf(units: readonly Unit[], notes: Notebook): number | null {
  const counts = units.flatMap(({ attributes }) => {
    const count = attributes['storeysAboveGround'];
    if (count === undefined || count === null) return [];
    if (Number.isInteger(count) && Number(count) >= 0 && Number(count) <= MAX_STOREYS) return [Number(count)];
    notes.add('storeys', `storeysAboveGround "${String(count).slice(0, 40)}" is taken as not known`);
    return [];
  });
  return counts.length === 0 ? null : Math.max(...counts);
}
