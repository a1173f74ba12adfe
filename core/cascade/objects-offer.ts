/** What a WFS or an OGC API offers of objects. Their columns are looked at when a layer is taken. */
import { notSupported } from '../errors.ts';
import type { OfferedLayer, SourceOffer } from '../wire/cascade.ts';
import { childOf, childrenOf, childText, descendantsOf, type XmlElement } from '../xml/element.ts';
import { boxOf, ownerAndLicence, serviceAddress, titleOf } from './capabilities.ts';

const MOST_LAYERS = 2_000;

/** @param root of the capabilities of WFS 1.1.0 or 2.0 */
export function wfsOffer(root: XmlElement, url: string): SourceOffer {
  const types = childrenOf(childOf(root, 'FeatureTypeList') ?? root, 'FeatureType').slice(0, MOST_LAYERS);
  const layers = types.flatMap((type): OfferedLayer[] => {
    const remote = childText(type, 'Name');
    if (remote === undefined) return [];
    const box = childOf(type, 'WGS84BoundingBox');
    const corners = ['LowerCorner', 'UpperCorner'].flatMap(
      (name) => childText(box, name)?.split(/\s+/) ?? [],
    );
    return [
      {
        ...{ remote, title: childText(type, 'Title') ?? remote },
        ...{ description: childText(type, 'Abstract') ?? '', extent: boxOf(corners) },
      },
    ];
  });
  if (layers.length === 0) throw notSupported('the service offers no feature type');
  return {
    ...{ kind: 'wfs', url: serviceAddress(url), title: titleOf(root) ?? url },
    ...ownerAndLicence(root),
    layers,
  };
}

/** The version of a WFS and the word for GeoJSON in its requests, where it writes it. */
export function wfsWays(root: XmlElement): { readonly version: string; readonly json: string | undefined } {
  const version = root.attributes['version'] ?? '1.1.0';
  const words = [...descendantsOf(root)].map(({ text }) => text.trim());
  const json = words.find((word) => /^(?:application\/(?:geo\+)?json|geojson|json)\b/i.test(word));
  return { version: version.startsWith('2.') ? '2.0.0' : '1.1.0', json };
}

interface Collection {
  readonly id?: unknown;
  readonly title?: unknown;
  readonly description?: unknown;
  readonly itemType?: unknown;
  readonly extent?: { readonly spatial?: { readonly bbox?: readonly (readonly unknown[])[] } };
}

/** @param document of `/collections` (OGC API – Features Part 1, 7.13) */
export function ogcApiOffer(document: unknown, url: string): SourceOffer {
  const { collections } = Object(document) as { readonly collections?: readonly Collection[] };
  if (!Array.isArray(collections)) throw notSupported('the answer lists no collections');
  const layers = collections.slice(0, MOST_LAYERS).flatMap((collection: Collection): OfferedLayer[] => {
    const { id, title, description, itemType = 'feature', extent } = collection;
    if (typeof id !== 'string' || itemType !== 'feature') return [];
    const box = extent?.spatial?.bbox?.[0] ?? [];
    const sides = box.length === 6 ? [box[0], box[1], box[3], box[4]] : box;
    return [
      {
        ...{ remote: id, title: typeof title === 'string' ? title : id },
        description: typeof description === 'string' ? description : '',
        extent: boxOf(sides.map((side) => (typeof side === 'number' ? String(side) : undefined))),
      },
    ];
  });
  if (layers.length === 0) throw notSupported('the service offers no collection of features');
  return { ...{ kind: 'ogc-features', url, title: new URL(url).host, owner: null, licence: null }, layers };
}
