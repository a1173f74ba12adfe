import type { CancelSignal } from '../../core/cancel.ts';
import { TwinError } from '../../core/errors.ts';
import type { PropertyValue } from '../../core/feature/feature.ts';
import type { Filter } from '../../core/filter/ast.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import type { View } from '../access/view.ts';

/** House order of axes; any known CRS. */
export interface GivenGeometry {
  readonly geometry: Geometry;
  readonly srid: number;
}

/** An object as somebody sends it: what is not named has no value. */
export interface GivenFeature {
  /** Name of the layer at the doors. */
  readonly layer: string;
  /** Undefined: the store makes one. */
  readonly id: string | undefined;
  readonly shape: GivenGeometry | undefined;
  /** Text is read as the type of the property. */
  readonly properties: Readonly<Record<string, PropertyValue>>;
}

/** What an update says: the rest of the object stays. */
export interface FeaturePatch {
  readonly shape?: GivenGeometry;
  readonly properties: Readonly<Record<string, PropertyValue>>;
}

/** Which objects of a layer; without a filter all of them. */
interface Chosen {
  readonly layer: string;
  readonly filter: Filter | undefined;
  /** The version that every one of them must have; undefined = any. */
  readonly version?: number;
}

export type FeatureAction =
  | { readonly op: 'insert'; readonly features: readonly GivenFeature[] }
  | ({ readonly op: 'update'; readonly patch: FeaturePatch } & Chosen)
  | ({ readonly op: 'replace'; readonly feature: GivenFeature } & Chosen)
  | ({ readonly op: 'delete' } & Chosen);

/** Through which door the change came, for the record of changes. */
export type EditDoor = 'wfs' | 'ogc-features' | 'model';

export interface EditedObject {
  readonly layer: string;
  readonly id: string;
}

/** A lock that whoever makes the change holds. */
export interface UsedLock {
  readonly id: string;
  /** What is free afterwards: all objects of the lock, or those that were changed. */
  readonly release: 'all' | 'changed';
}

export interface EditsAsked {
  readonly view: View;
  readonly door: EditDoor;
  readonly lock?: UsedLock | undefined;
}

export interface EditsDone {
  /** Of the dataset; undefined when nothing was to be changed. */
  readonly version: number | undefined;
  /** The objects of each action, those of an insert in the order in which they were given. */
  readonly actions: readonly (readonly EditedObject[])[];
}

/** Changes of single objects by staff, whichever door they come through. */
export interface FeatureEdits {
  /**
   * Does all actions one after the other, each seeing what those before it did, or none of them. Nothing is
   * overwritten: what was current is ended, and its successor is current.
   * @throws EditFault for what an action asks; LockFault for objects that somebody else has locked; TwinError unauthenticated and forbidden for who is not staff,
   *   not-supported in a scenario or at a past moment, too-large for more objects than one transaction takes
   */
  apply(actions: readonly FeatureAction[], asked: EditsAsked): Promise<EditsDone>;
  /** The version of a current object, for validators of HTTP; undefined when there is none. */
  versionOf(layer: string, id: string, signal: CancelSignal): Promise<number | undefined>;
}

/**
 * `value`: against the schema of the layer. `geometry`: no sound shape, or outside the city. `identity`: the id is
 * taken, or may not change. `version`: somebody else has changed the object. `read-only`: the layer is kept elsewhere.
 */
export type EditFaultCode = 'value' | 'geometry' | 'identity' | 'version' | 'read-only';

const KINDS = {
  value: 'invalid-parameter',
  geometry: 'invalid-parameter',
  identity: 'conflict',
  version: 'conflict',
  'read-only': 'forbidden',
} as const satisfies Record<EditFaultCode, TwinError['kind']>;

/** What is wrong with an action, and with which. */
export class EditFault extends TwinError {
  readonly code: EditFaultCode;
  /** Which of the actions, from 0. */
  readonly action: number;

  constructor(code: EditFaultCode, action: number, message: string, parameter: string) {
    super(KINDS[code], message, { parameter });
    this.name = 'EditFault';
    this.code = code;
    this.action = action;
  }
}
