/** The elements of one object of a register in exchange GML of 2021. */
import type { Feature, PropertyValue } from '../../feature/feature.ts';
import { crsOf, crsUrn } from '../../geo/crs.ts';
import type { Geometry } from '../../geo/geometry.ts';
import { escapeText } from '../../xml/writer.ts';
import type { ByteWriter } from '../byte-writer.ts';
import { plainText } from '../coordinate-text.ts';
import { type GmlStyle, writeGeometryGml, writeSurfaceGml } from '../gml.ts';
import { readPlacedText } from './placed-text.ts';
import { registerGmlId, registerMoment, XML_DATE_TIME } from './register-ids.ts';
import type { RegisterTally } from './register-tally.ts';

const LOCAL_ID = /^[A-Za-z0-9]{8}-[A-Za-z0-9]{4}-[A-Za-z0-9]{4}-[A-Za-z0-9]{4}-[A-Za-z0-9]{12}$/;
const NAMESPACE = /^PL\.[A-Za-z]{1,6}\.\d{1,6}\.[A-Za-z0-9]{1,8}$/;

/**
 * What kind of geometry an element takes: `surface` is one area, which may be of several patches; where any will do, a
 * collection of one is written as that one.
 */
export type GeometryKind = 'surface' | 'multi-surface' | 'multi-curve' | 'any';

/**
 * Writes one object after another; what an object lacks is collected, so that its bytes can be taken back.
 * Names are those of the schema, without prefix.
 */
export class RegisterElements {
  readonly #out: ByteWriter;
  readonly #prefix: string;
  readonly #style: GmlStyle;
  readonly #tally: RegisterTally;
  #feature: Feature;
  #className = '';
  #gmlId = '';
  #lacks: string[] = [];
  /** Counted once the object is written for good. */
  #remarks: (() => void)[] = [];

  constructor(out: ByteWriter, prefix: string, style: GmlStyle, tally: RegisterTally) {
    this.#out = out;
    this.#prefix = prefix;
    this.#style = style;
    this.#tally = tally;
    this.#feature = { layer: '', id: '', geometry: undefined, properties: {} };
  }

  /** The value of a property; null when it has none or may not be seen. */
  value(property: string): PropertyValue {
    return this.#feature.properties[property] ?? null;
  }

  textOf(property: string): string | null {
    const value = this.value(property);
    return value === null || value === '' ? null : String(value);
  }

  /** Opens the object. @param gmlId name of it in the file */
  open(feature: Feature, className: string, gmlId: string): void {
    this.#feature = feature;
    this.#className = className;
    this.#gmlId = gmlId;
    this.#lacks = [];
    this.#remarks = [];
    this.#open(className, ` gml:id="${gmlId}"`);
  }

  /** Opens the object: identifier of the infrastructure, then the dates of the object and of this version. */
  begin(feature: Feature, className: string): void {
    const { iip_local_id, iip_namespace, iip_version } = feature.properties;
    this.open(feature, className, registerGmlId(feature));
    this.#open('idIIP');
    this.#open(`${className.slice(0, className.indexOf('_'))}_IdentyfikatorIIP`);
    this.#formed('lokalnyId', iip_local_id, LOCAL_ID);
    this.#formed('przestrzenNazw', iip_namespace, NAMESPACE);
    if (typeof iip_version === 'string' && iip_version !== '') {
      if (XML_DATE_TIME.test(iip_version)) this.text('wersjaId', iip_version);
      else this.#remarks.push(() => this.#tally.noPlace(feature.layer, 'iip_version'));
    }
    this.#close(`${className.slice(0, className.indexOf('_'))}_IdentyfikatorIIP`);
    this.#close('idIIP');
    this.#moment('startObiekt', 'object_since', true);
    this.#moment('startWersjaObiekt', 'version_since', true);
    this.#moment('koniecWersjaObiekt', 'version_until', false);
  }

  /** @returns what the object lacks, each name once; empty when it is whole */
  end(): readonly string[] {
    this.#close(this.#className);
    return [...new Set(this.#lacks)];
  }

  /** Counts the object that was ended last. */
  count(noPlace: readonly string[]): void {
    const { layer } = this.#feature;
    this.#tally.wrote(this.#className);
    for (const remark of this.#remarks) remark();
    for (const property of noPlace) if (this.textOf(property) !== null) this.#tally.noPlace(layer, property);
  }

  /** An element that may be left away. */
  text(name: string, value: PropertyValue): void {
    if (value === null || value === '') return;
    this.#open(name);
    this.#out.escaped(typeof value === 'number' ? plainText(value) : String(value));
    this.#close(name);
  }

  /** A text that the schema demands: the empty one when it is not known. */
  demandedText(name: string, value: PropertyValue): void {
    if (value !== null && value !== '') {
      this.text(name, value);
      return;
    }
    this.#out.text(`<${this.#prefix}:${name}/>`);
    this.#remarks.push(() => this.#tally.empty(`${this.#className}.${name}`));
  }

  /** A value that the schema demands and that cannot be left empty. @param allowed its codes */
  demanded(name: string, value: PropertyValue, allowed?: readonly string[]): void {
    const isGood = value !== null && value !== '' && (!allowed || allowed.includes(String(value)));
    if (isGood) this.text(name, value);
    else this.lack(name);
  }

  /** A code that the schema demands, or its own word for one that is not stated. */
  substitute(name: string, value: PropertyValue, allowed: readonly string[], notStated: string): void {
    const isGood = value !== null && allowed.includes(String(value));
    this.text(name, isGood ? value : notStated);
    if (isGood) return;
    const element = `${this.#className}.${name}=${notStated}`;
    this.#remarks.push(() => this.#tally.empty(element));
  }

  demandedInteger(name: string, value: PropertyValue): void {
    if (typeof value === 'number' && Number.isInteger(value)) this.text(name, value);
    else this.lack(name);
  }

  /** A code of the schema for one of ours; a code of ours without one has no place. */
  code(name: string, property: string, codes: Readonly<Record<string, string>>): void {
    const value = this.textOf(property);
    if (value === null) return;
    const code = codes[value];
    if (code === undefined) this.#remarks.push(() => this.#tally.noPlace(this.#feature.layer, property));
    else this.text(name, code);
  }

  demandedCode(name: string, property: string, codes: Readonly<Record<string, string>>): void {
    this.demanded(name, codes[this.textOf(property) ?? ''] ?? null);
  }

  /** A measure in a unit. */
  demandedMeasure(name: string, value: PropertyValue, uom: 'ha' | 'm2' | 'm'): void {
    if (value === null || value === '' || !Number.isFinite(Number(value))) {
      this.lack(name);
      return;
    }
    this.#open(name, ` uom="${uom}"`);
    this.#out.text(typeof value === 'number' ? plainText(value) : String(value));
    this.#close(name);
  }

  /** References to other objects; fewer than `least` are filled up with references that say that they are missing. */
  links(name: string, gmlIds: readonly string[], least = 0): void {
    for (const id of gmlIds) this.#out.text(`<${this.#prefix}:${name} xlink:href="${id}"/>`);
    const missing = least - gmlIds.length;
    if (missing <= 0) return;
    this.#out.text(`<${this.#prefix}:${name} nilReason="missing"/>`.repeat(missing));
    this.#remarks.push(() => this.#tally.nil(`${this.#className}.${name}`));
  }

  /** A measure in a unit that may be left away. */
  measure(name: string, value: PropertyValue, uom: 'ha' | 'm'): void {
    if (value !== null) this.demandedMeasure(name, value, uom);
  }

  /** An element of another schema, as it stands. */
  foreign(markup: string): void {
    this.#out.text(markup);
  }

  /** A reference to an entry of a code list or to an object of another file. */
  reference(name: string, href: string, title?: string): void {
    this.#out.text(`<${this.#prefix}:${name} xlink:href="${escapeText(href)}"`);
    if (title !== undefined) this.#out.text(` xlink:title="${escapeText(title)}"`);
    this.#out.text('/>');
  }

  inside(name: string, write: () => void): void {
    this.#open(name);
    write();
    this.#close(name);
  }

  /** The geometry of the object. @param name its element */
  geometry(kind: GeometryKind, isDemanded = true, name = 'geometria'): void {
    const { geometry } = this.#feature;
    if (!geometry) {
      if (isDemanded) this.lack(name);
      return;
    }
    this.#open(name);
    this.#writeGeometry(geometry, kind);
    this.#close(name);
  }

  /** Elements of one geometry each, which keep the CRS that they were delivered in. @param text as `placedText` made it */
  placed(name: string, text: PropertyValue): void {
    if (typeof text !== 'string') return;
    const { geometries, srid } = readPlacedText(text);
    const { authorityOrder: order, unit } = crsOf(srid);
    for (const [index, geometry] of geometries.entries()) {
      const id = `${this.#gmlId}.${name}.${index + 1}`;
      this.#open(name);
      writeGeometryGml(this.#out, geometry, id, { order, unit, srsName: crsUrn(srid) });
      this.#close(name);
    }
  }

  /** A value for which the class has no element. */
  noPlace(property: string): void {
    if (this.textOf(property) === null) return;
    this.#remarks.push(() => this.#tally.noPlace(this.#feature.layer, property));
  }

  lack(name: string): void {
    this.#lacks.push(name);
  }

  #writeGeometry(geometry: Geometry, kind: GeometryKind): void {
    const id = `${this.#gmlId}.geometria`;
    const isOne = 'coordinates' in geometry && geometry.coordinates.length === 1;
    if (kind === 'any' && geometry.type === 'MultiLineString' && isOne) {
      const [line = []] = geometry.coordinates;
      writeGeometryGml(this.#out, { type: 'LineString', coordinates: line }, id, this.#style);
    } else if (kind.startsWith('multi') || geometry.type !== 'MultiPolygon' || (kind === 'any' && !isOne)) {
      writeGeometryGml(this.#out, geometry, id, this.#style);
    } else if (isOne) {
      const [rings = []] = geometry.coordinates;
      writeGeometryGml(this.#out, { type: 'Polygon', coordinates: rings }, id, this.#style);
    } else writeSurfaceGml(this.#out, geometry, id, this.#style);
  }

  #formed(name: string, value: PropertyValue | undefined, form: RegExp): void {
    if (typeof value === 'string' && form.test(value)) this.text(name, value);
    else this.lack(name);
  }

  #moment(name: string, property: string, isDemanded: boolean): void {
    const moment = registerMoment(this.textOf(property));
    if (moment !== null) this.text(name, moment);
    else if (isDemanded) this.lack(name);
  }

  #open(name: string, attributes = ''): void {
    this.#out.text(`<${this.#prefix}:${name}${attributes}>`);
  }

  #close(name: string): void {
    this.#out.text(`</${this.#prefix}:${name}>`);
  }
}
