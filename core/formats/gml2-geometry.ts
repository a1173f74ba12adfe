/** Geometry of GML 2.1.2 (02-069): `gml:coordinates`, rings as `outerBoundaryIs` and `innerBoundaryIs`, no identifiers. */
import type { Geometry, Position, Ring } from '../geo/geometry.ts';
import { escapeText } from '../xml/writer.ts';
import type { ByteWriter } from './byte-writer.ts';
import { type CoordinateStyle, DECIMALS, HEIGHT_DECIMALS, oriented } from './coordinate-text.ts';

/** @param srsName as written into the document; the order of `style` must be that of this spelling */
export function writeGml2Geometry(
  out: ByteWriter,
  geometry: Geometry,
  srsName: string,
  style: CoordinateStyle,
): void {
  new Gml2Geometry(out, style).write(oriented(geometry), ` srsName="${escapeText(srsName)}"`);
}

class Gml2Geometry {
  readonly #out: ByteWriter;
  readonly #style: CoordinateStyle;

  constructor(out: ByteWriter, style: CoordinateStyle) {
    this.#out = out;
    this.#style = style;
  }

  /** @param attributes of the outermost element */
  write(geometry: Geometry, attributes = ''): void {
    switch (geometry.type) {
      case 'Point':
        this.#simple('Point', attributes, [geometry.coordinates]);
        break;
      case 'LineString':
        this.#simple('LineString', attributes, geometry.coordinates);
        break;
      case 'Polygon':
        this.#polygon(attributes, geometry.coordinates);
        break;
      case 'MultiPoint':
        this.#parts('MultiPoint', 'pointMember', attributes, geometry.coordinates, (part) =>
          this.#simple('Point', '', [part]),
        );
        break;
      case 'MultiLineString':
        this.#parts('MultiLineString', 'lineStringMember', attributes, geometry.coordinates, (part) =>
          this.#simple('LineString', '', part),
        );
        break;
      case 'MultiPolygon':
        this.#parts('MultiPolygon', 'polygonMember', attributes, geometry.coordinates, (part) =>
          this.#polygon('', part),
        );
        break;
    }
  }

  #parts<Part>(
    name: string,
    member: string,
    attributes: string,
    parts: readonly Part[],
    write: (part: Part) => void,
  ): void {
    this.#out.text(`<gml:${name}${attributes}>`);
    for (const part of parts) {
      this.#out.text(`<gml:${member}>`);
      write(part);
      this.#out.text(`</gml:${member}>`);
    }
    this.#out.text(`</gml:${name}>`);
  }

  #polygon(attributes: string, [shell = [], ...holes]: readonly Ring[]): void {
    this.#out.text(`<gml:Polygon${attributes}><gml:outerBoundaryIs>`);
    this.#simple('LinearRing', '', shell);
    this.#out.text('</gml:outerBoundaryIs>');
    for (const hole of holes) {
      this.#out.text('<gml:innerBoundaryIs>');
      this.#simple('LinearRing', '', hole);
      this.#out.text('</gml:innerBoundaryIs>');
    }
    this.#out.text('</gml:Polygon>');
  }

  #simple(name: string, attributes: string, positions: readonly Position[]): void {
    this.#out.text(`<gml:${name}${attributes}><gml:coordinates>`);
    let isFirst = true;
    for (const position of positions) {
      if (!isFirst) this.#out.text(' ');
      isFirst = false;
      this.#tuple(position);
    }
    this.#out.text(`</gml:coordinates></gml:${name}>`);
  }

  #tuple(position: Position): void {
    const { order, unit } = this.#style;
    const isEastingFirst = order === 'easting-northing';
    this.#out.rounded(position[isEastingFirst ? 0 : 1], DECIMALS[unit]);
    this.#out.text(',');
    this.#out.rounded(position[isEastingFirst ? 1 : 0], DECIMALS[unit]);
    if (position.length === 3) {
      this.#out.text(',');
      this.#out.rounded(position[2], HEIGHT_DECIMALS);
    }
  }
}

/** The property type of GML 2.1.2 for a geometry of a layer (`feature.xsd`). */
export const GML2_PROPERTY_TYPE = {
  Point: 'gml:PointPropertyType',
  MultiPoint: 'gml:MultiPointPropertyType',
  LineString: 'gml:LineStringPropertyType',
  MultiLineString: 'gml:MultiLineStringPropertyType',
  Polygon: 'gml:PolygonPropertyType',
  MultiPolygon: 'gml:MultiPolygonPropertyType',
} as const satisfies Record<Geometry['type'], string>;
