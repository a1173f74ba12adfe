import { TwinError } from '../errors.ts';
import { GmlGeometryError } from '../geo/gml-geometry-error.ts';
import { detached } from '../xml/detached.ts';
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
  return rejected(error.code, id ?? gmlIdOf(element), element.local, error.message, error.line);
}

/** The event for a class of the exchange format for which there is no layer. */
export function classNotStored(element: XmlElement): ReadEvent {
  const message = `${element.local} is a class for which there is no layer yet`;
  return rejected('class-not-stored', gmlIdOf(element), element.local, message, element.line);
}

/** Problems are kept until the end of the load, so their texts must not hold the file in memory. */
function rejected(
  code: ProblemCode,
  objectId: string | undefined,
  objectClass: string,
  message: string,
  line: number,
): ReadEvent {
  const problem: LoadProblem = {
    code,
    objectId: objectId === undefined ? undefined : detached(objectId),
    objectClass: detached(objectClass),
    message: detached(message),
    line,
  };
  return { kind: 'rejected', problem };
}
