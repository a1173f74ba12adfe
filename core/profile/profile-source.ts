import type { CancelSignal } from '../cancel.ts';
import { invalidParameter, notFound } from '../errors.ts';
import type { Feature, PropertyValue } from '../feature/feature.ts';
import type { Layer, LayerStyle } from '../feature/layer.ts';
import type { FeatureQuery } from '../feature/query.ts';
import { batchesOf, type FeatureSource, type FeatureStream } from '../feature/source.ts';
import { allOf, type Filter } from '../filter/ast.ts';
import { profileLayer } from './profile-layer.ts';
import type { ProfileAttribute, ProfileLayer, ServiceProfile } from './service-profile.ts';

/** The registers of a source under the names of a profile. */
export function profileSource(source: FeatureSource, profile: ServiceProfile): FeatureSource {
  const layers = async () => profileLayers(profile, await source.layers());
  const declared = (name: string): ProfileLayer => {
    const layer = profile.layers.find((each) => each.name === name);
    if (!layer) throw notFound(`There is no layer "${name.slice(0, 100)}"`, 'layer');
    return layer;
  };
  return {
    layers,
    query: (query, signal) => {
      const layer = declared(query.layer);
      const rows = source.query(registerQuery(layer, query), signal);
      return renamed(rows, layer, (wanted) => namesOf(source, wanted, signal), query.properties);
    },
    count: (query, signal, most) => source.count(registerQuery(declared(query.layer), query), signal, most),
    async byId(name, id, srid, signal) {
      const layer = declared(name);
      const filter = allOf({ op: 'ids', ids: [id] }, layer.where);
      if (!filter) return undefined;
      const query = { layer: layer.of, filter, ...(srid !== undefined && { srid }) };
      for await (const row of renamed(source.query(query, signal), layer, (wanted) =>
        namesOf(source, wanted, signal),
      )) {
        return row;
      }
      return undefined;
    },
  };
}

/** The layers of a profile whose registers there are. */
export const profileLayers = (profile: ServiceProfile, registers: readonly Layer[]): readonly Layer[] =>
  profile.layers.flatMap((declared) => {
    const register = registers.find(({ name }) => name === declared.of);
    return register ? [profileLayer(declared, register, profile)] : [];
  });

/**
 * A filter by attributes as one by properties of the register.
 * @throws TwinError invalid-parameter for an attribute that is made from others
 */
export function registerFilter(
  { where, attributes }: Pick<ProfileLayer, 'where' | 'attributes'>,
  filter: Filter | undefined,
): Filter | undefined {
  const translate = (node: Filter): Filter => {
    if ('args' in node) return { ...node, args: node.args.map(translate) };
    if ('arg' in node) return { ...node, arg: translate(node.arg) };
    if (!('property' in node)) return node;
    // What is made from a value is there where the value is.
    const source = attributes.find(({ name }) => name === node.property)?.from;
    if (node.op === 'is-null' && source !== undefined) return { ...node, property: source };
    return { ...node, property: propertyOf(attributes, node.property, 'filter') };
  };
  return allOf(filter && translate(filter), where);
}

/** A style that names attributes, as one that names properties of the register. @throws TwinError invalid-parameter */
export function registerStyle({ attributes }: ProfileLayer, style: LayerStyle): LayerStyle {
  const { label } = style;
  if (!label) return style;
  const named = (name: string) =>
    attributes.some((each) => each.name === name) ? propertyOf(attributes, name, 'sld_body') : name;
  const { property, suffixProperty } = label;
  return {
    ...style,
    label: {
      ...label,
      property: named(property),
      ...(suffixProperty !== undefined && { suffixProperty: named(suffixProperty) }),
    },
  };
}

function propertyOf(attributes: readonly ProfileAttribute[], name: string, parameter: string): string {
  const attribute = attributes.find((each) => each.name === name);
  if (!attribute) return name === 'id' ? name : unknown(name, parameter);
  if (!attribute.made && !attribute.lookUp) return attribute.from;
  throw invalidParameter(
    parameter,
    `${name} is made from other data and cannot be filtered or sorted by; use the identifier instead`,
  );
}

const unknown = (name: string, parameter: string): never => {
  throw invalidParameter(parameter, `There is no property "${name.slice(0, 100)}"`);
};

function registerQuery(layer: ProfileLayer, query: FeatureQuery): FeatureQuery {
  const { filter: asked, sort, properties, ...rest } = query;
  const filter = registerFilter(layer, asked);
  const wanted = properties && attributesNamed(layer, properties).map(({ from }) => from);
  return {
    ...rest,
    layer: layer.of,
    ...(filter && { filter }),
    ...(sort && {
      sort: sort.map((key) => ({ ...key, property: propertyOf(layer.attributes, key.property, 'sortBy') })),
    }),
    ...(wanted && { properties: [...new Set(wanted)].filter((name) => name !== 'id') }),
  };
}

const attributesNamed = ({ attributes }: ProfileLayer, names: readonly string[]) =>
  attributes.filter(({ name }) => names.includes(name));

/** Values of one property of a register by id. */
type Names = ReadonlyMap<string, PropertyValue>;
type LookUp = (wanted: NonNullable<ProfileAttribute['lookUp']>) => Promise<Names>;

function renamed(
  rows: FeatureStream,
  layer: ProfileLayer,
  lookUp: LookUp,
  asked?: readonly string[],
): FeatureStream {
  const attributes = asked ? attributesNamed(layer, asked) : layer.attributes;
  async function* batches() {
    const tables = await Promise.all(attributes.map(async (each) => each.lookUp && lookUp(each.lookUp)));
    for await (const batch of batchesOf(rows)) {
      yield [...batch].map((row) => renamedRow(row, layer.name, attributes, tables));
    }
  }
  return {
    batches,
    async *[Symbol.asyncIterator]() {
      for await (const batch of batches()) yield* batch;
    },
  };
}

function renamedRow(
  row: Feature,
  layer: string,
  attributes: readonly ProfileAttribute[],
  tables: readonly (Names | undefined)[],
): Feature {
  const properties: Record<string, PropertyValue> = {};
  for (const [index, { name, from, made }] of attributes.entries()) {
    const stored = from === 'id' ? row.id : row.properties[from];
    // Not told to this person.
    if (stored === undefined) continue;
    const value = made ? made.of(stored) : stored;
    const table = tables[index];
    properties[name] = table ? (table.get(String(value)) ?? null) : value;
  }
  return { ...row, layer, properties };
}

async function namesOf(
  source: FeatureSource,
  { layer, property }: NonNullable<ProfileAttribute['lookUp']>,
  signal: CancelSignal,
): Promise<Names> {
  const names = new Map<string, PropertyValue>();
  const known = (await source.layers()).some(({ name }) => name === layer);
  if (!known) return names;
  const query = { layer, properties: [property], withGeometry: false, handedOut: 0 };
  for await (const row of source.query(query, signal)) {
    names.set(row.id, row.properties[property] ?? null);
  }
  return names;
}
