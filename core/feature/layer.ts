/** What the catalogue says of a layer; every protocol, legend, tile, form and download is derived from it. */
import type { GeometryType } from '../geo/geometry.ts';

export type Language = 'pl' | 'en';
export type Text = Readonly<Record<Language, string>>;
export type Role = 'public' | 'staff';
export type PropertyType = 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'datetime';

export interface CodelistEntry {
  readonly code: string;
  readonly label: Text;
}

export interface PropertyDeclaration {
  /** English snake_case; also the column name. */
  readonly name: string;
  readonly type: PropertyType;
  readonly label: Text;
  /** UCUM-like symbol: `m`, `m2`, `ha`. */
  readonly unit?: string;
  readonly codelist?: readonly CodelistEntry[];
  /** Who may see, filter and sort by it. Default `public`. */
  readonly audience?: Role;
}

/** Colours are `#rrggbb`; widths in CSS pixels. */
export interface LayerStyle {
  readonly fill?: string;
  readonly fillOpacity?: number;
  readonly stroke: string;
  readonly strokeWidthPx: number;
  readonly strokeDash?: readonly number[];
  /** Property written on the map and from which scale. */
  readonly label?: {
    readonly property: string;
    readonly maxScaleDenominator: number;
    readonly color: string;
  };
}

/** One register, declared once in `core/catalogue`. */
export interface LayerDeclaration {
  /** Stable ASCII name at every door. */
  readonly name: string;
  readonly title: Text;
  readonly description: Text;
  /** Table of the same columns as `properties`, plus id, geom, validity and dataset version. */
  readonly table: string;
  readonly geometryType: GeometryType;
  /** 3 when positions carry heights (m, PL-EVRF2007-NH). */
  readonly dimension: 2 | 3;
  readonly properties: readonly PropertyDeclaration[];
  readonly style: LayerStyle;
  /** Drawn only at scales with a denominator up to this. */
  readonly maxScaleDenominator?: number;
  readonly steward: Text;
  readonly licence: Text;
  /** After this many days without a load the layer is called stale. */
  readonly freshnessDays: number;
}

/** A layer as it stands in a dataset of the store. */
export interface Layer extends LayerDeclaration {
  /** `city`, or the name of a dataset of its own CRS loaded beside it. */
  readonly dataset: string;
  /** Storage CRS. */
  readonly srid: number;
}

/** A date and source for what is shown. */
export interface LayerStatus {
  readonly count: number;
  /** Storage CRS of the layer; undefined while it is empty. */
  readonly extent: readonly [number, number, number, number] | undefined;
  readonly loadedAt: string | undefined;
  readonly source: string | undefined;
  readonly synthetic: boolean;
  /** Dataset version of the last load. */
  readonly version: number;
}

export function propertyOf(layer: LayerDeclaration, name: string): PropertyDeclaration | undefined {
  return layer.properties.find((property) => property.name === name);
}
