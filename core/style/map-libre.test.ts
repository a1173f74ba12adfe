import { featureFilter, validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { REGISTERS } from '../catalogue/catalogue.ts';
import type { Layer } from '../feature/layer.ts';
import { classOf } from '../feature/symbol.ts';
import { mapLibreOf } from './map-libre.ts';
import { shapeOf } from './style-rules.ts';

const layers: readonly Layer[] = REGISTERS.map((declared) => ({ ...declared, dataset: 'city', srid: 2177 }));
const addresses = {
  tiles: (layer: string) => `https://miasto.example/tiles/vector/${layer}/{z}/{x}/{y}.mvt`,
  sprite: 'https://miasto.example/sprite',
};
type Drawn = { id: string; source: string; type: string; filter?: unknown; layout: { visibility: string } };
const drawnOf = (given: readonly Layer[]) =>
  mapLibreOf(given, 'Mapa', 'pl', addresses).layers as unknown as readonly Drawn[];

describe('the MapLibre style', () => {
  it('of the whole map is valid by the specification, and a planted fault is told', () => {
    const style = mapLibreOf(layers, 'Mapa', 'pl', addresses);
    expect(validateStyleMin(JSON.parse(JSON.stringify(style)))).toEqual([]);
    expect(JSON.stringify(style)).toContain('"line-dasharray"');
    const planted = JSON.stringify(style).replace('"line-dasharray"', '"line-dashes"');
    expect(validateStyleMin(JSON.parse(planted)).map(({ message }) => message)).toEqual([
      expect.stringContaining('line-dashes'),
    ]);
  });

  it('of the whole map draws lower layers first, words last, and shows what a viewer shows first', () => {
    const drawn = drawnOf(layers);
    const orderOf = (name: string) => layers.find((layer) => layer.name === name)?.drawOrder ?? 0;
    const isLabel = ({ id }: Drawn) => id.endsWith('-label');
    for (const group of [drawn.filter((each) => !isLabel(each)), drawn.filter(isLabel)]) {
      const orders = group.map(({ source }) => orderOf(source));
      expect(orders).toEqual(orders.toSorted((a, b) => a - b));
    }
    expect(drawn.findIndex(isLabel)).toBe(drawn.filter((each) => !isLabel(each)).length);
    const shown = new Set(
      drawn.filter(({ layout }) => layout.visibility === 'visible').map((each) => each.source),
    );
    const first = layers.filter(({ initiallyVisible }) => initiallyVisible).map(({ name }) => name);
    expect([...shown].toSorted()).toEqual(first.toSorted());
  });

  it.each(layers.map((layer) => [layer.name, layer] as const))(
    'of %s draws each object by the one class that the map draws it in',
    (name, layer) => {
      const last = { area: '-line', line: '-line', point: '' }[shapeOf(layer)];
      const rules = drawnOf([layer]).filter(({ id }) => id.endsWith(last) && !id.endsWith('-label'));
      const { property = '', entries = [] } = layer.style.classes ?? {};
      const values = entries.flatMap((entry) => entry.values.flatMap((value) => [value, `${value}x, R`]));
      for (const value of [...values, 'nothing of the kind', undefined]) {
        // Tiles leave out what has no value.
        const properties = value === undefined ? {} : { [property]: value };
        const taken = rules.filter(({ filter }) =>
          filter === undefined
            ? true
            : featureFilter(filter as never, 'filter').filter(
                { zoom: 16 } as never,
                { type: 1, properties } as never,
              ),
        );
        const entry = classOf(layer.style, properties);
        const index = entry ? entries.indexOf(entry) : -1;
        expect(taken.map(({ id }) => id.replace(/-\w+$/, ''))).toEqual([
          index < 0 ? name : `${name}_${index + 1}`,
        ]);
      }
    },
  );
});
