import type { Layer } from '../feature/layer.ts';
import type { FeatureStream } from '../feature/source.ts';
import type { Geometry, Position, Ring } from '../geo/geometry.ts';
import { escapeText } from '../xml/writer.ts';
import { ByteWriter } from './byte-writer.ts';
import { inChunks } from './chunks.ts';
import { oriented, positionText } from './coordinate-text.ts';

const DEGREES = { order: 'easting-northing', unit: 'degree' } as const;

/**
 * The features of a layer as KML 2.2 (OGC 07-147r2); their geometries must be in WGS 84, longitude first.
 * @param note what the document says of itself and of its use, a line each
 */
export async function* writeKml(
  features: FeatureStream,
  { title, properties, style }: Layer,
  note: readonly string[],
): AsyncGenerator<Uint8Array> {
  const out = new ByteWriter();
  const fill = style.fill === undefined ? '' : `<color>${kmlColour(style.fill, style.fillOpacity)}</color>`;
  out.text(
    `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>${escapeText(title.pl)}</name><description>${escapeText(note.join('\n'))}</description>\n<Style id="look"><LineStyle><color>${kmlColour(style.stroke)}</color><width>${style.strokeWidthPx}</width></LineStyle><PolyStyle>${fill}</PolyStyle></Style>\n`,
  );
  const named = style.label?.property;
  yield* inChunks(out, features, (feature) => {
    const label = named === undefined ? undefined : feature.properties[named];
    const rows = properties.flatMap(({ name }) => {
      const value = feature.properties[name] ?? null;
      return value === null
        ? []
        : [`<Data name="${name}"><value>${escapeText(String(value))}</value></Data>`];
    });
    out.text(
      `<Placemark><name>${escapeText(String(label ?? feature.id))}</name><styleUrl>#look</styleUrl><ExtendedData><Data name="id"><value>${escapeText(feature.id)}</value></Data>${rows.join('')}</ExtendedData>${feature.geometry ? shapeText(oriented(feature.geometry)) : ''}</Placemark>\n`,
    );
  });
  out.text('</Document></kml>\n');
  yield out.take();
}

/** `aabbggrr` of `#rrggbb`. */
function kmlColour(colour: string, opacity = 1): string {
  const [, red, green, blue] = /^#(..)(..)(..)$/.exec(colour) ?? ['', '00', '00', '00'];
  const alpha = Math.round(opacity * 255)
    .toString(16)
    .padStart(2, '0');
  return `${alpha}${blue}${green}${red}`;
}

function shapeText(geometry: Geometry): string {
  switch (geometry.type) {
    case 'Point':
      return `<Point>${mode([geometry.coordinates])}${listed([geometry.coordinates])}</Point>`;
    case 'LineString':
      return lineText(geometry.coordinates);
    case 'Polygon':
      return areaText(geometry.coordinates);
    case 'MultiPoint':
      return several(geometry.coordinates.map((each) => `<Point>${mode([each])}${listed([each])}</Point>`));
    case 'MultiLineString':
      return several(geometry.coordinates.map(lineText));
    case 'MultiPolygon':
      return several(geometry.coordinates.map(areaText));
  }
}

const several = (parts: readonly string[]): string => `<MultiGeometry>${parts.join('')}</MultiGeometry>`;
const lineText = (line: Ring): string => `<LineString>${mode(line)}${listed(line)}</LineString>`;

function areaText([shell = [], ...holes]: readonly Ring[]): string {
  const inner = holes.map(
    (hole) => `<innerBoundaryIs><LinearRing>${listed(hole)}</LinearRing></innerBoundaryIs>`,
  );
  return `<Polygon>${mode(shell)}<outerBoundaryIs><LinearRing>${listed(shell)}</LinearRing></outerBoundaryIs>${inner.join('')}</Polygon>`;
}

/** Heights stand above the sea, not above the ground. */
const mode = ([first]: Ring): string => (first?.length === 3 ? '<altitudeMode>absolute</altitudeMode>' : '');

const listed = (positions: readonly Position[]): string =>
  `<coordinates>${positions.map((each) => positionText(each, DEGREES, ',')).join(' ')}</coordinates>`;
