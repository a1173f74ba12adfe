import { TwinError } from '../errors.ts';
import { hrefOf, type XmlElement } from '../xml/element.ts';
import { type CrsReference, parseCrs } from './crs.ts';
import { GmlGeometryError, invalidGeometry } from './gml-geometry-error.ts';

/** What a geometry takes from its surroundings: GML lets `srsName` and `srsDimension` stand on an ancestor. */
export interface GmlFrame {
  /** CRS of the nearest ancestor, of the envelope, or of the caller's option. */
  readonly crs: CrsReference | undefined;
  /** Why the CRS of the surroundings cannot be used, for the message of whoever needs one. */
  readonly crsFault?: string | undefined;
  /** Ordinates of a position where nothing says it. */
  readonly dimension: 2 | 3;
  /** Reads a spelling of a CRS; `parseCrs` unless the format declares exceptions. */
  readonly resolveCrs: (srsName: string) => CrsReference;
  /** The element of a gml:id, for surfaces and curves that refer to others by xlink. */
  readonly byId?: ((id: string) => XmlElement | undefined) | undefined;
  /** Pieces and positions that may still be read: references to references can multiply without end. */
  readonly budget?: { left: number } | undefined;
  /** Told once for each arc that was replaced by short chords. */
  readonly onArc?: (() => void) | undefined;
}

export const PLAIN_FRAME: GmlFrame = { crs: undefined, dimension: 2, resolveCrs: parseCrs };

/**
 * The frame of an element: what it declares itself, else what it inherits.
 * @throws GmlGeometryError `unknown-crs` for a CRS that is not known here.
 */
export function frameOf(element: XmlElement, inherited: GmlFrame): GmlFrame {
  const srsName = element.attributes['srsName']?.trim();
  const srsDimension = element.attributes['srsDimension']?.trim();
  if (!srsName && !srsDimension) return inherited;
  return {
    ...inherited,
    crs: srsName ? resolved(element, srsName, inherited) : inherited.crs,
    dimension: srsDimension ? dimensionOf(element, srsDimension) : inherited.dimension,
  };
}

function resolved(element: XmlElement, srsName: string, frame: GmlFrame): CrsReference {
  if (frame.crs?.text === srsName) return frame.crs;
  try {
    return frame.resolveCrs(srsName);
  } catch (error) {
    if (!(error instanceof TwinError)) throw error;
    throw new GmlGeometryError('unknown-crs', error.message, element);
  }
}

function dimensionOf(element: XmlElement, text: string): 2 | 3 {
  if (text === '2') return 2;
  if (text === '3') return 3;
  throw invalidGeometry(element, `srsDimension must be 2 or 3, not "${text.slice(0, 20)}"`);
}

/**
 * The CRS of a geometry.
 * @throws GmlGeometryError `unknown-crs` when nothing names one.
 */
export function crsIn(frame: GmlFrame, element: XmlElement): CrsReference {
  if (frame.crs !== undefined) return frame.crs;
  const fault = frame.crsFault ?? 'Neither the geometry nor the file names a CRS (srsName)';
  throw new GmlGeometryError('unknown-crs', `${fault}; load the file with --crs EPSG:…`, element);
}

/** @throws GmlGeometryError when an object has used up its budget. */
export function spend(frame: GmlFrame, element: XmlElement, work: number): void {
  if (frame.budget === undefined) return;
  frame.budget.left -= work;
  if (frame.budget.left < 0) throw invalidGeometry(element, 'its references multiply beyond any building');
}

/**
 * What a member property holds: its children, else the element of the same object that its xlink refers to.
 * @throws GmlGeometryError when that element is not in the object.
 */
export function membersOf(member: XmlElement, frame: GmlFrame): readonly XmlElement[] {
  const href = hrefOf(member);
  if (member.children.length > 0 || href === undefined) return member.children;
  const target = frame.byId?.(href.replace(/^#/, ''));
  if (target === undefined)
    throw invalidGeometry(member, `refers to ${href.slice(0, 200)}, which is not in this object`);
  return [target];
}
