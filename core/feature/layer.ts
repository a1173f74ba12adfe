/** What the catalogue says of a layer; every protocol, legend, tile, form and download is derived from it. */
import type { OfficeRole } from '../access/rights.ts';
import type { GeometryType } from '../geo/geometry.ts';

export type Language = 'pl' | 'en';
export type Text = Readonly<Record<Language, string>>;
/** To whom a layer or property is told; staff are told what the public is told and more. */
export type Audience = 'public' | 'staff';
/** Who works with networks is told the critical detail of them, and otherwise what the public is told; people of the office have roles of their own. */
export type Role = 'public' | 'networks' | OfficeRole;
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
  /** A file that says less is wrong there: its object is refused. */
  readonly least?: number;
  /**
   * It is a height above the sea: in the system in which the twin keeps heights, or in the one that `height_system` of the
   * same object names.
   */
  readonly heightSystem?: 'city' | 'own';
  /** Name of the layer whose business id this property holds (several are separated by commas). */
  readonly references?: string;
  /**
   * It is this property that GML gives to every object (07-036, 7.2.2), and no element of the type's own.
   */
  readonly gml?: 'description' | 'name';
  /** Who may see, filter and sort by it. Default `public`. */
  readonly audience?: Audience;
}

/** Detail of objects that a town depends on, told to staff and to who works with networks. */
export interface CriticalDetail {
  /**
   * An object is critical when it fits one of these: each property that is named has one of the values. A null among
   * them is a value that is not known: what may be critical is kept as if it were.
   */
  readonly objects: readonly Readonly<Record<string, readonly (string | null)[]>>[];
  /** Properties of type text that say so stay told; these are null to others. */
  readonly properties: readonly string[];
  /** Which values of which objects are missing and who is told them; ends the description for who is not. */
  readonly note: Text;
}

/** How areas, lines and points are drawn. Colours are `#rrggbb`; widths in CSS pixels. */
export interface Ink {
  readonly fill?: string | undefined;
  readonly fillOpacity?: number | undefined;
  readonly stroke?: string | undefined;
  readonly strokeWidthPx?: number | undefined;
  /** A line is drawn at least as wide as this on the ground (m): streets grow as the map comes closer. */
  readonly strokeWidthM?: number | undefined;
  readonly strokeDash?: readonly number[] | undefined;
  /** An edge around a line, under all lines of the layer. */
  readonly casing?: { readonly color: string; readonly widthPx: number } | undefined;
  /** How a point is drawn, filled with `fill` and edged with `stroke`. */
  readonly marker?: Marker | undefined;
}

export type MarkerShape = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross';

/** `sizePx` is the diameter; with `sizeM` it is never smaller than that on the ground. */
export interface Marker {
  readonly shape: MarkerShape;
  readonly sizePx: number;
  readonly sizeM?: number | undefined;
}

/** Objects whose property has one of the values, or starts with it (`R` holds `RIIIa`), are drawn so. */
export interface StyleClass extends Ink {
  readonly values: readonly string[];
  /** A property that is true, or has a value at all, makes it this class whatever the values say; the first such wins. */
  readonly flag?: string | undefined;
  readonly label: Text;
}

export interface LayerStyle extends Ink {
  readonly stroke: string;
  readonly strokeWidthPx: number;
  /** Ink by the value of a property; the class with the longest matching value wins. */
  readonly classes?: { readonly property: string; readonly entries: readonly StyleClass[] } | undefined;
  /** Property written on the map and from which scale. */
  readonly label?:
    | {
        readonly property: string;
        /** Written right after it: kind and storeys of a building make `m2`. */
        readonly suffixProperty?: string | undefined;
        /** What is written instead of a value: `w` for a water main. */
        readonly signs?: Readonly<Record<string, string>> | undefined;
        readonly maxScaleDenominator: number;
        readonly color: string;
      }
    | undefined;
}

/** A heading in lists of layers. */
export interface LayerGroup {
  readonly name: string;
  readonly title: Text;
  /** Ascending from the top of the list. */
  readonly order: number;
  /** What all its layers are asked by at once in WMS; default `group-` and its name. */
  readonly mapName?: string;
}

/** What the feature types of a profile are called in GML. */
export interface XmlNames {
  readonly prefix: string;
  readonly namespace: string;
}

/** One register, declared once in `core/catalogue`. */
export interface LayerDeclaration {
  /** Stable ASCII name at every door. */
  readonly name: string;
  readonly title: Text;
  readonly description: Text;
  readonly group: LayerGroup;
  /** Higher is drawn above lower. */
  readonly drawOrder: number;
  /** Whether a viewer shows it before anybody has chosen. */
  readonly initiallyVisible: boolean;
  /**
   * Who may know of the layer at all. Default `public`. A layer for staff holds personal data: its table lies in
   * the schema `personal`, which the database role of public requests cannot read, and only the city has it.
   */
  readonly audience?: Audience;
  /**
   * The layer that this one is made from by the store whenever that is loaded. Nobody writes into it directly.
   */
  readonly derivedFrom?: string;
  /** The workflow of the twin whose decisions it shows; no file brings its rows. */
  readonly keptBy?: 'obstruction-register';
  /** Staff change single objects through the doors that take edits: the city itself keeps this register, here. */
  readonly editable?: boolean;
  /** Table of the same columns as `properties`, plus id, geom, validity and dataset version. */
  readonly table: string;
  readonly geometryType: GeometryType;
  /** 3 when positions carry heights (m, PL-EVRF2007-NH). */
  readonly dimension: 2 | 3;
  readonly properties: readonly PropertyDeclaration[];
  /**
   * Properties, told to everybody, that the register does not let be empty: mandatory elements of the application schemas of 2021
   * (EGiB Dz.U. 2021 poz. 1390, GESUT poz. 1374) or counts that an act asks for. Undefined where nothing says so of what the layer
   * holds: then nobody can tell whether its attributes are complete.
   */
  readonly required?: readonly string[];
  /** In a layer as somebody may know it: what is missing there. */
  readonly critical?: CriticalDetail;
  readonly style: LayerStyle;
  /** Drawn only at scales with a denominator up to this. */
  readonly maxScaleDenominator?: number;
  readonly steward: Text;
  readonly licence: Text;
  /** After this many days without a load the layer is called stale. */
  readonly freshnessDays: number;
}

/** A dimension of WMS beside the two of the map (1.3.0, annex C). */
export interface LayerDimension {
  readonly name: 'time' | 'elevation';
  /** `ISO8601` for moments, otherwise values are numbers. */
  readonly units: string;
  readonly unitSymbol?: string;
  /** Holds one of the values. */
  readonly property: string;
  readonly values: readonly string[];
  /** In place of values: every number between is one, and one alone stands for those within half a step of it. */
  readonly range?: { readonly least: number; readonly most: number; readonly step: number };
  /** The same as capabilities write them. */
  readonly extent: string;
  /** Undefined: a request must say. */
  readonly default?: string;
  readonly multipleValues: boolean;
  readonly nearestValue: boolean;
}

/** A layer as it stands in a dataset of the store. */
export interface Layer extends LayerDeclaration {
  /** `city`, or the name of a dataset of its own CRS loaded beside it. */
  readonly dataset: string;
  /** Storage CRS. */
  readonly srid: number;
  /** No tiles or pictures are made of it, so that nobody asks which of them changed. */
  readonly isUntiled?: boolean;
  /** Instead of the history of registers: what its objects are chosen by in WMS, by a property of text. */
  readonly dimensions?: readonly LayerDimension[];
  /** In a profile: its names in GML, where its identifier is an attribute as the others are. */
  readonly xml?: XmlNames;
  /** It is a model of heights: it has bands in place of objects, and maps show it as pictures. */
  readonly isRelief?: boolean;
  /** It is a layer of somebody else's service, asked when it is shown. */
  readonly cascaded?: {
    readonly source: string;
    /** Pictures have no objects of ours: they are laid under what we draw, and asked about pixel by pixel. */
    readonly shows: 'pictures' | 'objects';
    /** Whether it tells what lies at a pixel. */
    readonly isQueryable: boolean;
  };
}

/** Whether maps show it as pictures, which have no shapes. */
export const isPictures = ({ isRelief, cascaded }: Layer): boolean =>
  isRelief === true || cascaded?.shows === 'pictures';

/** A date and source for what is shown. */
export interface LayerStatus {
  readonly count: number;
  /** Storage CRS of the layer; undefined while it is empty. */
  readonly extent: readonly [number, number, number, number] | undefined;
  readonly loadedAt: string | undefined;
  /** When the twin first recorded objects of it; undefined while it knows of no earlier state. */
  readonly knownSince: string | undefined;
  readonly source: string | undefined;
  readonly synthetic: boolean;
  /** Dataset version of the last load. */
  readonly version: number;
}

/** Properties that a tile must carry for the layer to be drawn (besides `id`). */
export function styledProperties({ style }: LayerDeclaration): readonly string[] {
  const flags = (style.classes?.entries ?? []).map(({ flag }) => flag);
  const names = [style.label?.property, style.label?.suffixProperty, style.classes?.property, ...flags];
  return [...new Set(names.filter((name) => name !== undefined))];
}

export function propertyOf(layer: LayerDeclaration, name: string): PropertyDeclaration | undefined {
  return layer.properties.find((property) => property.name === name);
}
