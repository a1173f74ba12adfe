import { TwinError } from '../errors.ts';
import type { XmlElement } from '../xml/element.ts';

/** A GML geometry that cannot be taken over. */
export class GmlGeometryError extends TwinError {
  readonly code: 'unknown-crs' | 'invalid-geometry' | 'missing-geometry';
  /** 1-based line of the element at fault. */
  readonly line: number;

  constructor(code: GmlGeometryError['code'], message: string, element: XmlElement) {
    super('invalid-parameter', message, { parameter: element.local });
    this.name = 'GmlGeometryError';
    this.code = code;
    this.line = element.line;
  }
}

export function invalidGeometry(element: XmlElement, message: string): GmlGeometryError {
  return new GmlGeometryError('invalid-geometry', `${element.local}: ${message}`, element);
}
