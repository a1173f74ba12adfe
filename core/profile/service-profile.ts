/**
 * A profile shows registers of the catalogue under the names that a specification gives them: a declaration, never a
 * copy. Who may see what is decided on the registers before; a profile can only leave out.
 */
import type { PropertyValue } from '../feature/feature.ts';
import type { LayerGroup, LayerStyle, PropertyType, Text, XmlNames } from '../feature/layer.ts';
import type { Filter } from '../filter/ast.ts';

export interface ServiceProfile {
  /** The folder of its doors: `/kieg/wms`. */
  readonly name: string;
  /** Of its feature types in GML. */
  readonly xml: XmlNames;
  readonly layers: readonly ProfileLayer[];
}

export interface ProfileLayer {
  readonly name: string;
  readonly title: Text;
  readonly group: LayerGroup;
  /** Name of the register that it shows. */
  readonly of: string;
  /** Only these objects of it, by its own properties; default all. */
  readonly where?: Filter;
  readonly attributes: readonly ProfileAttribute[];
  /** How it is drawn, from the style of the register; names of properties stay those of the register. */
  readonly style: (register: LayerStyle) => LayerStyle;
  /** Undefined: as the register. */
  readonly maxScaleDenominator?: number;
}

export interface ProfileAttribute {
  readonly name: string;
  /** A property of the register, or `id`. */
  readonly from: string;
  /** What it says instead of the value, of `type`. Such an attribute cannot be filtered or sorted by. */
  readonly made?: {
    readonly type: PropertyType;
    readonly of: (value: PropertyValue) => PropertyValue;
  };
  /** The value, as `made` has it, is an id of this register, and the attribute says the property of that object. */
  readonly lookUp?: { readonly layer: string; readonly property: string };
}
