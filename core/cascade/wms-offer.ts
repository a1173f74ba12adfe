/** What a WMS offers, by its capabilities (1.3.0, 7.2.4; 1.1.1, 7.1.4). */

import { notSupported } from '../errors.ts';
import type { OfferedLayer, SourceOffer } from '../wire/cascade.ts';
import { childOf, childrenOf, childText, hrefOf, type XmlElement } from '../xml/element.ts';
import { boxOf, knownSrids, ownerAndLicence, serviceAddress, titleOf } from './capabilities.ts';

/** With clear ground first; JPEG where there is nothing else. */
const FORMATS = ['image/png', 'image/png8', 'image/png; mode=8bit', 'image/webp', 'image/gif', 'image/jpeg'];
/** As they can be read, the most telling first. */
const INFO_FORMATS = [
  'application/json',
  'application/geo+json',
  'application/geojson',
  'application/vnd.ogc.gml',
  'application/gml+xml; version=3.2',
  'text/xml',
  'text/plain',
  'text/html',
];
const DEFAULT_SIDE_PX = 2_048;
/** A source that allows more is not asked for more. */
const MOST_SIDE_PX = 4_096;
const MOST_LAYERS = 2_000;

/** What a layer has of those around it. */
interface Inherited {
  readonly crs: readonly string[];
  readonly extent: number[] | null;
  readonly style: XmlElement | undefined;
  readonly maxScaleDenominator: number | undefined;
  readonly isQueryable: boolean;
}

const NOTHING: Inherited = {
  ...{ crs: [], extent: null, style: undefined, maxScaleDenominator: undefined, isQueryable: false },
};

/**
 * @param root of the capabilities
 * @throws TwinError not-supported when it offers no picture that could be shown
 */
export function wmsOffer(root: XmlElement, url: string): SourceOffer {
  const version = root.attributes['version'] === '1.3.0' ? '1.3.0' : '1.1.1';
  const capability = childOf(root, 'Capability');
  const requests = childOf(capability, 'Request');
  const formatsOf = (operation: string) =>
    childrenOf(childOf(requests, operation) ?? root, 'Format').map(({ text }) => text.trim());
  const offered = formatsOf('GetMap');
  const format = FORMATS.find((each) => offered.some((name) => name.toLowerCase() === each));
  if (format === undefined) {
    throw notSupported(`the service offers pictures as ${offered.join(', ') || 'nothing'}; none can be read`);
  }
  const infos = formatsOf('GetFeatureInfo');
  const infoFormat = INFO_FORMATS.find((each) => infos.some((name) => name.toLowerCase() === each));
  const service = childOf(root, 'Service');
  const sides = ['MaxWidth', 'MaxHeight'].flatMap((name) => Number(childText(service, name)) || []);
  const mostSidePx = Math.min(...(sides.length > 0 ? sides : [DEFAULT_SIDE_PX]), MOST_SIDE_PX);
  const layers: OfferedLayer[] = [];
  const walk = (layer: XmlElement, above: Inherited) => {
    const here = inherit(layer, above, version);
    const remote = childText(layer, 'Name');
    const srids = [...knownSrids(here.crs)];
    if (remote !== undefined && srids.length > 0 && layers.length < MOST_LAYERS) {
      const legend = legendOf(here.style);
      layers.push({
        ...{ remote, title: childText(layer, 'Title') ?? remote },
        ...{ description: childText(layer, 'Abstract') ?? '', extent: here.extent },
        ...(here.maxScaleDenominator !== undefined && { maxScaleDenominator: here.maxScaleDenominator }),
        maps: {
          ...{ version, format, srids, mostSidePx, style: childText(here.style, 'Name') ?? '' },
          ...(here.isQueryable && infoFormat !== undefined && { infoFormat }),
          ...(legend !== undefined && { legend }),
        },
      });
    }
    for (const child of childrenOf(layer, 'Layer')) walk(child, here);
  };
  for (const layer of childrenOf(capability ?? root, 'Layer')) walk(layer, NOTHING);
  if (layers.length === 0) throw notSupported('the service offers no layer in a CRS that is known here');
  return {
    ...{ kind: 'wms', url: serviceAddress(url), title: titleOf(root) ?? url },
    ...ownerAndLicence(root),
    layers,
  };
}

function inherit(layer: XmlElement, above: Inherited, version: string): Inherited {
  // 1.1.0 and some 1.1.1 wrote several into one element.
  const own = ['CRS', 'SRS'].flatMap((tag) =>
    childrenOf(layer, tag).flatMap(({ text }) => text.trim().split(/\s+/)),
  );
  const queryable = layer.attributes['queryable'];
  return {
    crs: [...above.crs, ...own],
    extent: extentOf(layer) ?? above.extent,
    style: childOf(layer, 'Style') ?? above.style,
    maxScaleDenominator: scaleOf(layer, version) ?? above.maxScaleDenominator,
    isQueryable: queryable === undefined ? above.isQueryable : queryable === '1' || queryable === 'true',
  };
}

function extentOf(layer: XmlElement): number[] | null {
  const box = childOf(layer, 'EX_GeographicBoundingBox');
  if (box) {
    const sides = ['westBoundLongitude', 'southBoundLatitude', 'eastBoundLongitude', 'northBoundLatitude'];
    return boxOf(sides.map((side) => childText(box, side)));
  }
  const old = childOf(layer, 'LatLonBoundingBox')?.attributes;
  return old ? boxOf([old['minx'], old['miny'], old['maxx'], old['maxy']]) : null;
}

/** The diagonal of a pixel in ScaleHint is on the ground (01-068r3, 7.1.4.5.9). */
function scaleOf(layer: XmlElement, version: string): number | undefined {
  const said =
    version === '1.3.0'
      ? Number(childText(layer, 'MaxScaleDenominator'))
      : Number(childOf(layer, 'ScaleHint')?.attributes['max']) / Math.SQRT2 / 0.00028;
  return Number.isFinite(said) && said > 0 ? said : undefined;
}

function legendOf(style: XmlElement | undefined): string | undefined {
  const resource = childOf(childOf(style, 'LegendURL'), 'OnlineResource');
  return resource && hrefOf(resource);
}
