/** All objects of a layer of a WFS or OGC API, read page by page and held while its pages are the same. */
import { requestAddress } from '../../core/cascade/capabilities.ts';
import { type ObjectPage, readGeoJsonPage, readGmlPage } from '../../core/cascade/read-objects.ts';
import { notSupported } from '../../core/errors.ts';
import type { Feature, PropertyValue } from '../../core/feature/feature.ts';
import { memorySource } from '../../core/feature/memory-source.ts';
import type { FeatureSource } from '../../core/feature/source.ts';
import { reproject } from '../../core/geo/crs.ts';
import type { Geometry } from '../../core/geo/geometry.ts';
import type { CascadedLayer, SourceKind } from '../../core/wire/cascade.ts';
import type { Answer } from './fetch-answer.ts';
import { propertyName } from './point-at.ts';
import type { Remote } from './remote-pictures.ts';

/** More than this is a register to be loaded, not a layer to be looked at. */
const MOST_OBJECTS = 20_000;
const PAGE_OBJECTS = 1_000;

export type Objects = NonNullable<CascadedLayer['objects']>;
/** How the objects of a layer are asked for, before anything is known of their columns. */
export type ObjectsAsked = Pick<Objects, 'version' | 'format' | 'outputFormat' | 'srsName'>;

export function pageAddress(
  { url, kind }: { readonly url: string; readonly kind: SourceKind },
  remote: string,
  { version, outputFormat, srsName }: ObjectsAsked,
  start: number,
): string {
  if (kind === 'ogc-features') {
    const base = url.replace(/\/+$/, '');
    return `${base}/collections/${encodeURIComponent(remote)}/items?limit=${PAGE_OBJECTS}&f=json`;
  }
  const isNew = version === '2.0.0';
  return requestAddress(url, {
    ...{ SERVICE: 'WFS', VERSION: version, REQUEST: 'GetFeature', OUTPUTFORMAT: outputFormat },
    [isNew ? 'TYPENAMES' : 'TYPENAME']: remote,
    ...(srsName !== '' && { SRSNAME: srsName }),
    ...(isNew ? { COUNT: PAGE_OBJECTS, STARTINDEX: start } : { MAXFEATURES: MOST_OBJECTS + 1 }),
  });
}

const read = new WeakMap<Answer, ObjectPage>();
export function pageOf(answer: Answer, { format }: Pick<Objects, 'format'>): ObjectPage {
  const known = read.get(answer);
  if (known) return known;
  const page = format === 'gml' ? readGmlPage(answer.bytes) : readGeoJsonPage(answer.bytes);
  read.set(answer, page);
  return page;
}

/** @throws TwinError unavailable while the source is down and not all pages are kept */
async function allPages(
  { source, declared, line }: Remote,
  objects: Objects,
): Promise<readonly ObjectPage[]> {
  const pages: ObjectPage[] = [];
  let address: string | undefined = pageAddress(source, declared.remote, objects, 0);
  let count = 0;
  while (address !== undefined) {
    const { answer } = await line.ask(address, (given) => {
      if (count + pageOf(given, objects).objects.length > MOST_OBJECTS)
        throw notSupported(`the layer has more than ${MOST_OBJECTS} objects; load it instead`);
    });
    const page = pageOf(answer, objects);
    pages.push(page);
    count += page.objects.length;
    address =
      page.objects.length === 0 ? undefined : nextAddress(source, declared.remote, objects, page, count);
  }
  return pages;
}

function nextAddress(
  source: Remote['source'],
  remote: string,
  objects: Objects,
  page: ObjectPage,
  count: number,
): string | undefined {
  if (source.kind === 'ogc-features') {
    if (page.next === undefined) return undefined;
    const next = new URL(page.next, source.url);
    if (next.origin !== new URL(source.url).origin)
      throw notSupported('its next page lies at another service');
    return next.href;
  }
  const isWhole = page.matched === undefined ? page.objects.length < PAGE_OBJECTS : count >= page.matched;
  return objects.version !== '2.0.0' || isWhole ? undefined : pageAddress(source, remote, objects, count);
}

interface Held {
  readonly pages: readonly ObjectPage[];
  readonly features: FeatureSource;
}
const held = new WeakMap<Remote['layer'], Held>();

/** What the layer holds now, or as it was kept while its source is down. */
export async function remoteFeatures(remote: Remote): Promise<FeatureSource> {
  const { layer, declared } = remote;
  const { objects } = declared;
  if (!objects) throw notSupported(`The layer "${layer.name}" is pictures and has no objects`, 'layer');
  const pages = await allPages(remote, objects);
  const known = held.get(layer);
  if (known?.pages.length === pages.length && known.pages.every((page, i) => page === pages[i])) {
    return known.features;
  }
  const taken = new Set<string>();
  const made = pages.flatMap((page) =>
    page.objects.map((object, index): Feature => {
      let id = object.id ?? `${taken.size + index + 1}`;
      while (taken.has(id)) id = `${id}_`;
      taken.add(id);
      const geometry =
        object.geometry && page.srid !== undefined
          ? alike(reproject(object.geometry, page.srid, objects.srid), objects.geometryType)
          : undefined;
      const properties = objects.properties.map(({ name, column, type }) => [
        name,
        columnValue(object.columns[column], type),
      ]);
      return { layer: layer.name, id, geometry, properties: Object.fromEntries(properties) };
    }),
  );
  const features = memorySource([layer], made);
  held.set(layer, { pages, features });
  return features;
}

function columnValue(
  value: string | number | boolean | undefined,
  type: Objects['properties'][number]['type'],
): PropertyValue {
  if (value === undefined) return null;
  if (type === 'text') return String(value);
  if (type === 'boolean') return value === true || value === 'true';
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Single geometries as parts of many, where the layer mixes them. */
function alike(geometry: Geometry, type: Objects['geometryType']): Geometry {
  if (geometry.type === type || `Multi${geometry.type}` !== type) return geometry;
  return { type, coordinates: [geometry.coordinates] } as Geometry;
}

/** What the first page shows of columns and geometries. @throws TwinError not-supported where nothing can be shown */
export function describeObjects(asked: ObjectsAsked, page: ObjectPage): Objects {
  const kinds = [...new Set(page.objects.flatMap(({ geometry }) => (geometry ? [geometry.type] : [])))];
  const [first] = kinds;
  if (first === undefined || page.srid === undefined)
    throw notSupported('the layer has no object with a geometry');
  const families = new Set(kinds.map((kind) => kind.replace('Multi', '')));
  if (families.size > 1) throw notSupported(`the layer mixes ${kinds.join(', ')}, which is no layer here`);
  const many = `Multi${first.replace('Multi', '')}` as Objects['geometryType'];
  const columns = [...new Set(page.objects.flatMap(({ columns: own }) => Object.keys(own)))];
  const used = new Set(['id', 'geom']);
  return {
    ...asked,
    srid: page.srid,
    geometryType: first === 'Point' && kinds.length === 1 ? 'Point' : many,
    properties: columns.map((column, index) => {
      let name = propertyName(column, index);
      while (used.has(name.toLowerCase())) name = `${name}_`;
      used.add(name.toLowerCase());
      return { name, column, type: typeOf(page.objects.flatMap(({ columns: own }) => own[column] ?? [])) };
    }),
  };
}

/** The narrowest type that takes all values of the first page; what later pages hold beside it is null. */
function typeOf(values: readonly (string | number | boolean)[]): Objects['properties'][number]['type'] {
  if (values.every((value) => typeof value === 'boolean')) return 'boolean';
  return values.every((value) => typeof value === 'number') ? 'number' : 'text';
}
