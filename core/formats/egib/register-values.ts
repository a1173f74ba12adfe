import { remembered } from '../../remembered.ts';
import { detached } from '../../xml/detached.ts';
import { childOf, childText, textOf, type XmlElement } from '../../xml/element.ts';
import { RejectedObject } from '../rejected-object.ts';

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * A moment of the register. The registers write no zone; it is then taken as UTC, so that the digits stay
 * those of the register.
 * @returns ISO 8601 text with zone, or null when absent or nil
 * @throws RejectedObject `invalid-value` when it is not a date of the calendar.
 */
export function momentIn(object: XmlElement, local: string): string | null {
  const element = childOf(object, local);
  const text = textOf(element);
  if (element === undefined || text === undefined) return null;
  const full = momentOf(text);
  if (full === '') {
    throw new RejectedObject('invalid-value', `${local}: "${text.slice(0, 60)}" is not a date`, element);
  }
  return full;
}

/** Empty for what is no moment of the calendar. */
const momentOf = remembered((text) => {
  const match = DATE_TIME.exec(text);
  if (match === null) return '';
  const [year, month, day] = match.slice(1, 4).map(Number);
  const hasTime = match[4] !== undefined;
  const full = `${text.slice(0, hasTime ? 19 : 10)}${hasTime ? '' : 'T00:00:00'}${match[7] ?? 'Z'}`;
  const real = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0));
  return Number.isNaN(Date.parse(full)) || real.getUTCDate() !== day ? '' : detached(full);
});

/** @throws RejectedObject `invalid-value` when it is not a number of at least 0. */
function numberOf(element: XmlElement | undefined): number | null {
  const text = textOf(element);
  if (element === undefined || text === undefined) return null;
  if (!/^\+?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) || !Number.isFinite(Number(text))) {
    throw new RejectedObject(
      'invalid-value',
      `${element.local}: "${text.slice(0, 60)}" is not a number of at least 0 (decimal point, no unit)`,
      element,
    );
  }
  return Number(text);
}

/** @throws RejectedObject `invalid-value` when it is not a whole number of at least 0. */
export function integerIn(object: XmlElement, local: string): number | null {
  const element = childOf(object, local);
  const value = numberOf(element);
  if (element !== undefined && value !== null && !(Number.isInteger(value) && value < 1e9)) {
    throw new RejectedObject('invalid-value', `${local}: "${value}" is not a whole number`, element);
  }
  return value;
}

/** @throws RejectedObject `invalid-value` when it is not a whole number. */
export function signedIntegerIn(object: XmlElement, local: string): number | null {
  const value = metresIn(object, local);
  if (value !== null && !(Number.isInteger(value) && Math.abs(value) < 1e9)) {
    throw new RejectedObject('invalid-value', `${local}: "${value}" is not a whole number`, object);
  }
  return value;
}

/** A day of the calendar. @throws RejectedObject `invalid-value` when it is none. */
export const dayIn = (object: XmlElement, local: string): string | null =>
  momentIn(object, local)?.slice(0, 10) ?? null;

/** A height in metres, above or below the level of heights. @throws RejectedObject `invalid-value` when it is no number. */
export function metresIn(object: XmlElement, local: string): number | null {
  const element = childOf(object, local);
  const text = textOf(element);
  if (element === undefined || text === undefined) return null;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) || !Number.isFinite(Number(text))) {
    throw new RejectedObject('invalid-value', `${local}: "${text.slice(0, 60)}" is not a number`, element);
  }
  return Number(text);
}

const SQUARE_METRES: Readonly<Record<string, number>> = { ha: 10_000, m2: 1, 'm²': 1, ar: 100, a: 100 };

/**
 * An area in the unit wanted; `uom` defaults to that unit.
 * @throws RejectedObject `invalid-value` for an unknown unit or a bad number.
 */
export function areaOf(element: XmlElement | undefined, wanted: 'ha' | 'm2'): number | null {
  const value = numberOf(element);
  if (element === undefined || value === null) return null;
  const uom = element.attributes['uom']?.trim().replace(/^#/, '') || wanted;
  const [from, to] = [SQUARE_METRES[uom], SQUARE_METRES[wanted]];
  if (from === undefined || to === undefined) {
    throw new RejectedObject('invalid-value', `${element.local}: unit "${uom}" is not ha or m2`, element);
  }
  return from === to ? value : Number(((value * from) / to).toPrecision(12));
}

export interface RegisterIdentity {
  readonly localId: string | undefined;
  readonly properties: Readonly<Record<string, string | null>>;
  /** Whether the register itself has ended this version. */
  readonly ended: boolean;
}

/** What every object of the registers carries, in 2015 and 2021. */
export function readIdentity(object: XmlElement): RegisterIdentity {
  const identifier = childOf(object, 'idIIP')?.children[0];
  const localId = childText(identifier, 'lokalnyId');
  // GESUT and BDOT500 of 2015 keep the dates of a version in a part of their own.
  const life = childOf(object, 'cyklZyciaObiektu')?.children[0];
  const versionUntil =
    momentIn(object, 'koniecWersjaObiekt') ?? (life ? momentIn(life, 'koniecWersjiObiektu') : null);
  const objectUntil = momentIn(object, 'koniecObiekt');
  return {
    localId,
    properties: {
      iip_namespace: childText(identifier, 'przestrzenNazw') ?? null,
      iip_local_id: localId ?? null,
      iip_version: childText(identifier, 'wersjaId') ?? null,
      object_since: momentIn(object, 'startObiekt'),
      version_since:
        momentIn(object, 'startWersjaObiekt') ?? (life ? momentIn(life, 'poczatekWersjiObiektu') : null),
      version_until: versionUntil ?? objectUntil,
    },
    ended: versionUntil !== null || objectUntil !== null,
  };
}

/** BT_Identyfikator and EGB_IdentyfikatorIIP, lokalnyId. */
const LOCAL_ID = /[A-Za-z0-9]{8}-[A-Za-z0-9]{4}-[A-Za-z0-9]{4}-[A-Za-z0-9]{4}-[A-Za-z0-9]{12}/;

/** `PL.PZGiK.1004.EGiB_<lokalnyId>_<version>`, `#…` and `urn:pzgik:id:…:<lokalnyId>:…` all occur. */
export function localIdInReference(href: string): string {
  return LOCAL_ID.exec(href)?.[0] ?? href.replace(/^#/, '');
}
