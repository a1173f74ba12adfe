import { TwinError } from '../errors.ts';
import { GmlGeometryError } from '../geo/gml-geometry-error.ts';
import { gmlIdOf, type XmlElement } from '../xml/element.ts';
import type { LoadProblem, ProblemCode, ReadEvent } from './reader.ts';

/** Thrown while one object of a file is read: the object is not taken over, the file goes on. */
export class RejectedObject extends TwinError {
  readonly code: ProblemCode;
  readonly line: number;

  constructor(code: ProblemCode, message: string, element: XmlElement) {
    super('invalid-parameter', message, { parameter: element.local });
    this.name = 'RejectedObject';
    this.code = code;
    this.line = element.line;
  }
}

/**
 * The event for an object whose reading failed.
 * @throws the error again when it does not speak of this object (a fault in the program).
 */
export function rejectionOf(error: unknown, element: XmlElement, id: string | undefined): ReadEvent {
  if (!(error instanceof RejectedObject) && !(error instanceof GmlGeometryError)) throw error;
  const problem: LoadProblem = {
    code: error.code,
    objectId: id ?? gmlIdOf(element),
    objectClass: element.local,
    message: error.message,
    line: error.line,
  };
  return { kind: 'rejected', problem };
}

/** The event for a class of the exchange format for which there is no layer. */
export function classNotStored(element: XmlElement): ReadEvent {
  const problem: LoadProblem = {
    code: 'class-not-stored',
    objectId: gmlIdOf(element),
    objectClass: element.local,
    message: `${element.local} is a class for which there is no layer yet`,
    line: element.line,
  };
  return { kind: 'rejected', problem };
}
