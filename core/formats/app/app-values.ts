/** What every object of APP 2.0 carries, and the values that plans write. */

import type { Feature } from '../../feature/feature.ts';
import { childOf, childrenOf, childText, hrefOf, textOf, type XmlElement } from '../../xml/element.ts';
import { momentIn } from '../egib/register-values.ts';
import { RejectedObject } from '../rejected-object.ts';

export interface AppIdentity {
  /** Business id in the twin: data set and lokalnyId, as in `306401-POG_1POG-1SJ`. */
  readonly id: string;
  readonly namespace: string;
  readonly localId: string;
  readonly version: string | undefined;
  /** Whether the data set has ended this version. */
  readonly ended: boolean;
  /** The triple and the dates of the version, as layers keep them. */
  readonly properties: Feature['properties'];
}

/** @throws RejectedObject `missing-id` without lokalnyId or namespace. */
export function readAppIdentity(object: XmlElement): AppIdentity {
  const identifier = childOf(object, 'idIIP')?.children[0];
  const [namespace, localId] = ['przestrzenNazw', 'lokalnyId'].map((local) => childText(identifier, local));
  if (namespace === undefined || localId === undefined) {
    throw new RejectedObject('missing-id', 'idIIP needs przestrzenNazw and lokalnyId', object);
  }
  const version = childText(identifier, 'wersjaId');
  const versionUntil = momentIn(object, 'koniecWersjiObiektu');
  return {
    ...{ id: appId(namespace, localId), namespace, localId, version, ended: versionUntil !== null },
    properties: {
      iip_namespace: namespace,
      iip_local_id: localId,
      iip_version: version ?? null,
      version_since: momentIn(object, 'poczatekWersjiObiektu'),
      version_until: versionUntil,
    },
  };
}

export const appId = (namespace: string, localId: string): string =>
  `${namespace.split('/').at(-1) ?? namespace}_${localId}`;

/**
 * The business id that a reference to an object names, or undefined when it names none: `…/PL.ZIPPZP.1/1-POG/1POG/20250101T000000`
 * of an identifier, also without its version, or the gml:id `PL.ZIPPZP.1_1-POG_1POG_20250101T000000` behind `#`.
 */
export function referredId(element: XmlElement | undefined): string | undefined {
  const href = (element && hrefOf(element)) ?? '';
  const path = /\/([^/]+-[A-Z]+)\/([^/]+)(?:\/\d{8}T\d{6})?$/.exec(href);
  const anchor = /^#?PL\.ZIPPZP\.\d+_([^_/]+)_(.+)_\d{8}T\d{6}$/.exec(href);
  const [, dataset, localId] = path ?? anchor ?? [];
  return dataset === undefined || localId === undefined ? undefined : `${dataset}_${localId}`;
}

/** The last word of a reference to a code list, as `legalForce`. */
export function codeIn(object: XmlElement, local: string): string | null {
  const element = childOf(object, local);
  return element === undefined ? null : codeOf(element);
}

/** The codes of every reference of that name, without `KPT-MPZP-`. */
export const codesIn = (object: XmlElement, local: string): readonly string[] =>
  childrenOf(object, local)
    .map((each) => codeOf(each)?.replace(/^KPT-[A-Z]+-/, ''))
    .filter((code) => code !== undefined);

const codeOf = (element: XmlElement): string | null => /[^/#]+$/.exec(hrefOf(element) ?? '')?.[0] ?? null;

/** @throws RejectedObject `invalid-value` when it is no day of the calendar. */
export function dayIn(object: XmlElement, local: string): string | null {
  const element = childOf(object, local);
  const text = textOf(element);
  if (element === undefined || text === undefined) return null;
  const day = /^\d{4}-\d{2}-\d{2}(?=$|T|Z|[+-]\d{2}:)/.exec(text)?.[0];
  if (
    day === undefined ||
    Number.isNaN(Date.parse(day)) ||
    new Date(day).toISOString().slice(0, 10) !== day
  ) {
    throw new RejectedObject('invalid-value', `${local}: "${text.slice(0, 60)}" is not a date`, element);
  }
  return day;
}

/** @throws RejectedObject `invalid-value` when it is no decimal number. */
export function decimalIn(object: XmlElement, local: string): number | null {
  const element = childOf(object, local);
  const text = textOf(element);
  if (element === undefined || text === undefined) return null;
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) {
    throw new RejectedObject(
      'invalid-value',
      `${local}: "${text.slice(0, 60)}" is not a decimal number`,
      element,
    );
  }
  return Number(text);
}

const HECTARES: Readonly<Record<string, number>> = { ha: 1, m2: 1e-4, 'm²': 1e-4, km2: 100 };

/** An area in hectares; `uom` says its unit, hectares by default. */
export function hectaresIn(object: XmlElement, local: string): number | null {
  const value = decimalIn(object, local);
  const unit = childOf(object, local)?.attributes['uom']?.trim().replace(/^#/, '') || 'ha';
  const factor = HECTARES[unit];
  if (value === null) return null;
  if (factor === undefined) {
    throw new RejectedObject(
      'invalid-value',
      `${local}: unit "${unit}" is not ha or m2`,
      childOf(object, local) ?? object,
    );
  }
  return Number((value * factor).toPrecision(12));
}
