import { describe, expect, it } from 'vitest';
import type { LayerDeclaration, Text } from '../feature/layer.ts';
import { REGISTERS } from './catalogue.ts';

/** Layers that every door must have, by their stable names. */
const PROMISED = [
  'addresses boundary_points building_lines buildings buildings_3d cadastral_units control_points districts facilities',
  'flood_zones footways green_areas heritage_sites land_cover nature_areas noise_zones obstruction_detours obstructions parcel_land_uses parcels',
  'ad_carriers airport_surfaces cases dikes electromagnetic_fields intake_zones landscape_areas landslides mining_areas',
  'restricted_use_areas plan_acts plan_areas plan_zones population_cells precincts roads trees utility_devices utility_elevations utility_lines water',
  'topographic_areas topographic_heights topographic_lines topographic_points unregistered_buildings',
  'bdot10k_areas bdot10k_lines bdot10k_points census_cells',
]
  .join(' ')
  .split(' ');

/** A quantity says its unit in its name, and the same one in its declaration. */
const UNITS: Readonly<Record<string, string>> = {
  m: 'm',
  m2: 'm2',
  ha: 'ha',
  mm: 'mm',
  cm: 'cm',
  db: 'dB',
  pct: '%',
  percent: '%',
};

const layers = REGISTERS.map((layer) => [layer.name, layer] as const);

function textsOf(layer: LayerDeclaration): readonly [string, Text][] {
  return [
    ['title', layer.title],
    ['description', layer.description],
    ['group', layer.group.title],
    ['steward', layer.steward],
    ['licence', layer.licence],
    ...layer.properties.map(({ name, label }): [string, Text] => [name, label]),
    ...layer.properties.flatMap(({ name, codelist }) =>
      (codelist ?? []).map(({ code, label }): [string, Text] => [`${name}=${code}`, label]),
    ),
    ...(layer.style.classes?.entries ?? []).map(({ values, label }): [string, Text] => [
      `class ${values.join()}`,
      label,
    ]),
  ];
}

describe('the catalogue', () => {
  it('has every promised layer, once, with a table of its own', () => {
    const names = REGISTERS.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(PROMISED));
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(REGISTERS.map(({ table }) => table)).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
  });

  it('draws no two layers at the same height, so that pictures do not depend on chance', () => {
    const orders = REGISTERS.map(({ drawOrder }) => drawOrder);
    expect(new Set(orders).size).toBe(orders.length);
  });

  it.each(layers)('says everything of %s in Polish and in English', (_, layer) => {
    const bad = textsOf(layer).filter(([, { pl, en }]) =>
      [pl, en].some((text) => text.trim() === '' || text !== text.trim()),
    );
    expect(bad).toEqual([]);
    expect(layer.title.pl).not.toBe(layer.title.en);
    expect(layer.description.pl).not.toBe(layer.description.en);
    expect(layer.freshnessDays).toBeGreaterThan(0);
  });

  it.each(layers)('declares the properties of %s once, in snake_case, with their units', (_, layer) => {
    const names = layer.properties.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, type, unit } of layer.properties) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      const suffix = /_(m|m2|ha|mm|cm|db|pct|percent)$/.exec(name)?.[1];
      if (suffix !== undefined && type !== 'text')
        expect({ name, unit }).toEqual({ name, unit: UNITS[suffix] });
    }
  });

  it.each(layers)('gives every code of %s one label', (_, layer) => {
    for (const { name, codelist = [] } of layer.properties) {
      const codes = codelist.map(({ code }) => code);
      expect({ name, codes: [...new Set(codes)] }).toEqual({ name, codes });
    }
  });

  it.each(layers)('draws and labels %s by properties that it has, and by codes that exist', (_, layer) => {
    const { classes, label } = layer.style;
    const known = new Map(layer.properties.map((property) => [property.name, property]));
    if (label) expect(known.has(label.property)).toBe(true);
    if (label?.suffixProperty !== undefined) expect(known.has(label.suffixProperty)).toBe(true);
    if (!classes) return;
    const property = known.get(classes.property);
    expect(property).toBeDefined();
    const codes = property?.codelist?.map(({ code }) => code);
    const values = classes.entries.flatMap((entry) => entry.values);
    expect(new Set(values).size).toBe(values.length);
    // A value may also be the beginning of codes.
    if (codes) expect(values.filter((value) => !codes.some((code) => code.startsWith(value)))).toEqual([]);
  });

  it.each(layers)(
    'draws marks of %s so that they are seen on white: a cross has nothing but its stroke',
    (_, layer) => {
      const { style } = layer;
      for (const ink of [style, ...(style.classes?.entries ?? [])]) {
        const { marker = style.marker, stroke = style.stroke, fill = style.fill } = ink;
        if (!marker) continue;
        const seen = marker.shape === 'cross' ? [stroke] : [stroke, fill];
        expect(seen.some((colour) => colour !== undefined && colour !== '#ffffff')).toBe(true);
      }
    },
  );

  it.each(layers)('asks of %s only for values that it has and tells everybody', (_, layer) => {
    const open = layer.properties.filter(({ audience }) => audience !== 'staff').map(({ name }) => name);
    expect(open).toEqual(expect.arrayContaining([...(layer.required ?? [])]));
  });

  it.each(layers)('refers from %s to layers that there are', (_, layer) => {
    const names = REGISTERS.map(({ name }) => name);
    for (const { references } of layer.properties) {
      if (references !== undefined) expect(names).toContain(references);
    }
    if (layer.derivedFrom !== undefined) expect(names).toContain(layer.derivedFrom);
  });
});
