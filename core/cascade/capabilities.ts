/** What the capabilities of every kind of service have in common. */
import { notSupported, TwinError } from '../errors.ts';
import { parseCrs, SERVED_CRS } from '../geo/crs.ts';
import { childOf, childText, descendantsOf, textOf, type XmlElement } from '../xml/element.ts';
import { FILE_LIMITS, parseXml } from '../xml/reader.ts';

const EXCEPTION_ROOTS = /^(?:ServiceExceptionReport|ExceptionReport|WMTException)$/;
const SAID_CHARS = 300;

/**
 * A document of somebody else's service, read safely: no entities, bounded depth and size.
 * @throws TwinError not-supported in words for a page, an exception report or anything that is no XML
 */
export function readForeignXml(bytes: Uint8Array): XmlElement {
  const text = decoded(bytes);
  if (/^\s*<(?:!doctype\s+)?html/i.test(text.slice(0, 500))) {
    throw notSupported('the answer is a page for people (HTML), not a document of the service');
  }
  let root: XmlElement;
  try {
    root = parseXml(text.replace(OLD_DOCTYPE, ''), FILE_LIMITS);
  } catch (error) {
    throw notSupported(
      `the answer cannot be read as XML: ${error instanceof TwinError ? error.message : 'it is none'}`,
    );
  }
  const said = exceptionIn(root);
  if (said !== undefined) throw notSupported(`the service answers with an exception: ${said}`);
  return root;
}

/** Capabilities of WMS 1.1.1 begin with one that declares nothing itself; any other is refused by the reader. */
const OLD_DOCTYPE = /<!DOCTYPE\s+\w+\s+SYSTEM\s+"[^"<>]*"\s*(?:\[\s*(?:<!ELEMENT\s[^<>]*>\s*)*\])?\s*>/;

function decoded(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const said = /^[^<]*<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(said).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** What an exception report says, or undefined for any other document. */
function exceptionIn(root: XmlElement): string | undefined {
  if (!EXCEPTION_ROOTS.test(root.local)) return undefined;
  const words = [...descendantsOf(root)].flatMap((each) => textOf(each) ?? []);
  return words.join(' ').replaceAll(/\s+/g, ' ').slice(0, SAID_CHARS) || root.local;
}

/** The codes among these names that we know too, each once, in the order in which we prefer them. */
export function knownSrids(names: readonly string[]): readonly number[] {
  const codes = new Set(names.flatMap((name) => sridOf(name) ?? []));
  return SERVED_CRS.map(({ srid }) => srid).filter((srid) => codes.has(srid));
}

/** Undefined for a CRS that we do not know. */
export function sridOf(name: string): number | undefined {
  try {
    return parseCrs(name).srid;
  } catch {
    return /^EPSG:900913$/i.test(name.trim()) ? 3857 : undefined;
  }
}

/** Owner and terms in the words of OWS Common, and of WMS. "None" says nothing. */
export function ownerAndLicence(root: XmlElement): {
  readonly owner: string | null;
  readonly licence: string | null;
} {
  const service = childOf(root, 'Service') ?? childOf(root, 'ServiceIdentification');
  const contact = childOf(childOf(service, 'ContactInformation'), 'ContactPersonPrimary');
  const owner =
    childText(contact, 'ContactOrganization') ?? childText(childOf(root, 'ServiceProvider'), 'ProviderName');
  const terms = ['AccessConstraints', 'Fees'].flatMap((name) => childText(service, name) ?? []);
  const telling = terms.filter((words) => !/^(?:none|brak|no conditions apply)$/i.test(words));
  return { owner: owner ?? null, licence: telling.join('; ').slice(0, 500) || null };
}

/** Title of the service. */
export const titleOf = (root: XmlElement): string | undefined =>
  childText(childOf(root, 'Service') ?? childOf(root, 'ServiceIdentification'), 'Title');

/** Four numbers, degrees, or null when they are no box. */
export function boxOf(numbers: readonly (string | undefined)[]): number[] | null {
  const box = numbers.map((text) => (text === undefined ? Number.NaN : Number(text)));
  const [west = 0, south = 0, east = 0, north = 0] = box;
  if (box.length !== 4 || !box.every(Number.isFinite) || west > east || south > north) return null;
  return [Math.max(-180, west), Math.max(-90, south), Math.min(180, east), Math.min(90, north)];
}

/** An address without the parameters that each request says itself. */
export function serviceAddress(url: string): string {
  const address = new URL(url);
  const own = /^(?:service|request|version|layers?|styles?|format|bbox|width|height|crs|srs|typenames?)$/i;
  for (const name of [...address.searchParams.keys()]) if (own.test(name)) address.searchParams.delete(name);
  address.hash = '';
  return address.href;
}

/** The address of a request. */
export function requestAddress(url: string, parameters: Readonly<Record<string, string | number>>): string {
  const address = new URL(url);
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, String(value));
  return address.href;
}
