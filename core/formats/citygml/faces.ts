import type { Appearance } from '../../building/appearance.ts';
import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { type GmlSurface, readSurfaces } from '../../geo/gml-geometry-surfaces.ts';
import { childrenOf, descendantsOf, gmlIdOf, type XmlElement } from '../../xml/element.ts';
import { type Face, FoundFaces, KIND_OF_CLASS } from '../building-model.ts';
import type { Notebook } from '../notebook.ts';
import { RejectedObject } from '../rejected-object.ts';
import { SurfaceData } from './surface-data.ts';
import type { SurfaceKind } from './surface-kinds.ts';

export interface BuildingFaces {
  readonly lod: number;
  readonly srid: number;
  readonly faces: readonly Face[];
  readonly appearance: Appearance | undefined;
}

const GEOMETRY_PROPERTY = /^lod([0-4])(Solid|MultiSurface|Surface|Geometry)$/;

/** Pieces and positions of one building, each as often as it is referred to. */
const MAX_WORK = 1_000_000;

/**
 * The faces of a building at its highest level of detail. Parts become faces of their building; a part without
 * that level gives its own highest. Declared surfaces keep their kind; those of solids and multi-surfaces that
 * were not declared get theirs from the direction in which they look. A face is taken once, however often it
 * is referred to or repeated.
 * @param fileLooks what the file says of looks beside its buildings
 * @throws RejectedObject or GmlGeometryError when a face cannot be read.
 */
export function readFaces(
  building: XmlElement,
  collection: GmlFrame,
  fileLooks: SurfaceData,
  notes: Notebook,
): BuildingFaces {
  const frame: GmlFrame = { ...collection, byId: lookup(building), budget: { left: MAX_WORK } };
  const parts = partsOf(building);
  const lod = Math.max(highestLod(building), ...parts.map(highestLod));
  if (lod < 1) throw new RejectedObject('missing-geometry', withoutModel(building), building);
  const found = new DressedFaces([fileLooks, looksWithin([building, ...parts], notes)]);
  collectUnit(building, lod, frame, found, notes);
  for (const part of parts) collectUnit(part, highestLod(part), frame, found, notes);
  return settle(building, lod, found);
}

/** Faces that find what is said of their look. */
class DressedFaces extends FoundFaces {
  readonly #looks: readonly SurfaceData[];

  constructor(looks: readonly SurfaceData[]) {
    super();
    this.#looks = looks.filter(({ isEmpty }) => !isEmpty);
  }

  dress(surface: GmlSurface, kind: SurfaceKind | undefined, isInSolid: boolean): void {
    const looks = this.#looks.flatMap((each) => each.looksOf(surface));
    this.take(surface.rings, surface.srid, kind, isInSolid, looks);
  }
}

/** Appearances that a building and its parts bring themselves. */
function looksWithin(units: readonly XmlElement[], notes: Notebook): SurfaceData {
  const data = new SurfaceData(notes);
  for (const unit of units) {
    for (const property of unit.children) {
      if (/^appearance(Member)?$/.test(property.local)) data.take(property);
    }
  }
  return data;
}

/** The building parts, however deep. */
export function partsOf(building: XmlElement): readonly XmlElement[] {
  const properties = [
    ...childrenOf(building, 'consistsOfBuildingPart'),
    ...childrenOf(building, 'buildingPart'),
  ];
  return properties.flatMap(({ children }) => children.flatMap((part) => [part, ...partsOf(part)]));
}

function withoutModel(building: XmlElement): string {
  const levels = new Set(
    [...descendantsOf(building)].flatMap(({ local }) => /^lod\d/.exec(local)?.[0] ?? []),
  );
  const given =
    levels.size === 0 ? 'no geometry' : `only ${[...levels].map((l) => l.toUpperCase()).join(', ')}`;
  return `The building has ${given}; surfaces of LOD1 or higher are needed`;
}

function boundarySurfaces(unit: XmlElement): readonly XmlElement[] {
  return [...childrenOf(unit, 'boundedBy'), ...childrenOf(unit, 'boundary')].flatMap(({ children }) =>
    children.filter(({ local }) => local !== 'Envelope' && local !== 'Null'),
  );
}

function highestLod(unit: XmlElement): number {
  const properties = [unit, ...boundarySurfaces(unit)].flatMap(({ children }) => children);
  return properties.reduce((highest, property) => {
    const lod = Number(GEOMETRY_PROPERTY.exec(property.local)?.[1] ?? -1);
    return property.children.length > 0 ? Math.max(highest, lod) : highest;
  }, -1);
}

function collectUnit(
  unit: XmlElement,
  lod: number,
  frame: GmlFrame,
  found: DressedFaces,
  notes: Notebook,
): void {
  for (const surface of boundarySurfaces(unit)) collectBoundary(surface, lod, frame, found, notes);
  collectGeometry(unit, lod, frame, found, undefined);
  for (const property of unit.children) {
    // BuildingInstallation outside: chimneys, balconies, stairs.
    if (!/^(outerBuildingInstallation|buildingInstallation)$/.test(property.local)) continue;
    for (const installation of property.children) {
      collectGeometry(installation, lod, frame, found, 'O');
      for (const surface of boundarySurfaces(installation)) collectGeometry(surface, lod, frame, found, 'O');
    }
  }
}

function collectBoundary(
  surface: XmlElement,
  lod: number,
  frame: GmlFrame,
  found: DressedFaces,
  notes: Notebook,
): void {
  const known = surface.local in KIND_OF_CLASS;
  const kind = KIND_OF_CLASS[surface.local];
  if (known && kind === undefined) return;
  if (!known) {
    notes.add(
      'unknown-surface',
      `${surface.local} is no surface class of CityGML; what it is was taken from its direction`,
    );
  }
  collectGeometry(surface, lod, frame, found, kind);
  for (const opening of [...childrenOf(surface, 'opening'), ...childrenOf(surface, 'fillingSurface')]) {
    for (const pane of opening.children) collectGeometry(pane, lod, frame, found, 'O');
  }
}

function collectGeometry(
  owner: XmlElement,
  lod: number,
  frame: GmlFrame,
  found: DressedFaces,
  kind: SurfaceKind | undefined,
): void {
  for (const property of owner.children) {
    const match = GEOMETRY_PROPERTY.exec(property.local);
    if (match === null || Number(match[1]) !== lod) continue;
    const isInSolid = match[2] === 'Solid';
    for (const geometry of property.children) {
      for (const surface of readSurfaces(geometry, frame)) found.dress(surface, kind, isInSolid);
    }
  }
}

function settle(building: XmlElement, lod: number, found: DressedFaces): BuildingFaces {
  const faces = found.all;
  const srid = faces[0]?.srid;
  if (srid === undefined) throw new RejectedObject('missing-geometry', withoutModel(building), building);
  if (faces.some((face) => face.srid !== srid)) {
    throw new RejectedObject('invalid-geometry', 'Surfaces of one building name different CRS', building);
  }
  if (faces.some(({ rings }) => rings[0]?.[0]?.length !== 3)) {
    throw new RejectedObject('invalid-geometry', 'A surface has no heights', building);
  }
  return { lod, srid, faces: found.settled(srid), appearance: found.appearance };
}

function lookup(building: XmlElement): (id: string) => XmlElement | undefined {
  let index: Map<string, XmlElement> | undefined;
  return (id) => {
    if (index === undefined) {
      index = new Map();
      for (const element of descendantsOf(building)) {
        const gmlId = gmlIdOf(element);
        if (gmlId !== undefined) index.set(gmlId, element);
      }
    }
    return index.get(id);
  };
}
