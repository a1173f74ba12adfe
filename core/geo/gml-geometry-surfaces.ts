import { childOf, childrenOf, gmlIdOf, type XmlElement } from '../xml/element.ts';
import type { Ring } from './geometry.ts';
import { readRing } from './gml-geometry-curves.ts';
import { GmlGeometryError, invalidGeometry } from './gml-geometry-error.ts';
import { crsIn, frameOf, type GmlFrame, membersOf, spend } from './gml-geometry-frame.ts';

/** One flat piece of a surface or of the shell of a solid. */
export interface GmlSurface {
  /** Shell, then holes. */
  readonly rings: readonly Ring[];
  readonly srid: number;
  readonly patch: XmlElement;
  /** `gml:id` of the patch and of what it lies in, as far as they have one: what a look may be said of. */
  readonly owners: readonly string[];
  /** Whether the rings run against the patch. */
  readonly isReversed: boolean;
}

const PATCHES = new Set(['Polygon', 'PolygonPatch', 'Rectangle', 'Triangle']);
const CONTAINERS = new Set([
  'Surface',
  'PolyhedralSurface',
  'TriangulatedSurface',
  'Tin',
  'CompositeSurface',
  'OrientableSurface',
  'MultiSurface',
  'MultiPolygon',
  'Shell',
  'Solid',
  'CompositeSolid',
  'MultiSolid',
  'MultiGeometry',
  'GeometricComplex',
]);
const MEMBERS =
  /^(surfaceMembers?|polygonMember|patches|polygonPatches|trianglePatches|baseSurface|solidMembers?|exterior|interior|geometryMembers?|element)$/;

/**
 * Every flat piece of a surface, multi-surface or solid, xlinks resolved, in the order of the document.
 * @throws GmlGeometryError when a piece cannot be read; nothing is left out silently.
 */
export function readSurfaces(element: XmlElement, frame: GmlFrame): GmlSurface[] {
  const surfaces: GmlSurface[] = [];
  collect(element, frame, false, [], 0, surfaces);
  return surfaces;
}

function collect(
  element: XmlElement,
  inherited: GmlFrame,
  reversed: boolean,
  above: readonly string[],
  nesting: number,
  into: GmlSurface[],
): void {
  if (nesting > 40) throw invalidGeometry(element, 'surfaces refer to each other in a circle');
  const frame = frameOf(element, inherited);
  spend(frame, element, 1 + element.children.length);
  const id = gmlIdOf(element);
  const owners = id === undefined ? above : [...above, id];
  if (PATCHES.has(element.local)) {
    into.push({ ...readPatch(element, frame, reversed), patch: element, owners, isReversed: reversed });
    return;
  }
  if (!CONTAINERS.has(element.local)) throw invalidGeometry(element, 'this kind of surface is not read');
  const turned = element.local === 'OrientableSurface' && element.attributes['orientation'] === '-';
  for (const member of element.children) {
    if (!MEMBERS.test(member.local)) continue;
    for (const child of membersOf(member, frame)) {
      collect(child, frame, reversed !== turned, owners, nesting + 1, into);
    }
  }
}

function readPatch(
  element: XmlElement,
  frame: GmlFrame,
  reversed: boolean,
): Pick<GmlSurface, 'rings' | 'srid'> {
  const exterior = childOf(element, 'exterior') ?? childOf(element, 'outerBoundaryIs');
  const interiors = [...childrenOf(element, 'interior'), ...childrenOf(element, 'innerBoundaryIs')];
  const rings = [...(exterior ? [exterior] : []), ...interiors].map((boundary) => {
    const ring = boundary.children[0];
    if (ring === undefined) throw invalidGeometry(boundary, 'has no ring');
    const positions = readRing(ring, frame);
    spend(frame, element, positions.length);
    return positions;
  });
  if (exterior === undefined) {
    throw new GmlGeometryError('missing-geometry', `${element.local} has no exterior`, element);
  }
  const { srid } = crsIn(frame, element);
  return { rings: reversed ? rings.map((ring) => ring.toReversed()) : rings, srid };
}
