/** Trees as 3D Tiles: a few shapes by habit, each in the size of its tree. */
import { SIZE_SOURCE_PROPERTY } from '../../core/catalogue/planted-trees.ts';
import type { PropertyValue } from '../../core/feature/feature.ts';
import type { Layer, PropertyDeclaration } from '../../core/feature/layer.ts';
import type { Undulation } from '../../core/geo/geoid.ts';
import type { Xy } from '../../core/geo/plane.ts';
import { type Instance, writeInstancedGlb } from '../mesh/instanced-glb.ts';
import { habitOf, TREE_HABITS, treeBody } from '../mesh/tree-shapes.ts';
import type { DocumentSource } from '../source.ts';
import type { LevelSizes } from './building-grid.ts';
import type { TiledStore } from './building-store.ts';
import { type TilesetKind, tilesetOf } from './tileset-source.ts';

export interface TreeRow {
  readonly id: string;
  readonly at: Xy;
  /** Of the ground under it, PL-EVRF2007-NH; undefined where it is not known, and the tree is not drawn. */
  readonly groundM: number | undefined;
  readonly properties: Readonly<Record<string, PropertyValue>>;
}

/** What a globe needs to name and style them. */
const PUBLISHED = ['species', 'form', 'height_m', 'crown_diameter_m', 'health', 'protection'];

const carried = ({ properties }: Layer): readonly PropertyDeclaration[] => [
  ...properties.filter(({ name, audience = 'public' }) => audience === 'public' && PUBLISHED.includes(name)),
  SIZE_SOURCE_PROPERTY,
];

/** Of twice the height, as `twin.tree_tile` has it: trees from 20 m are in cells of 1.6 km, from 14 m in 0.8 km. */
const TREE_SIZES_M: LevelSizes = [400, 200, 100, 40, 28, 0];
/** A tree is missed from a kilometre, not from five. */
const ERROR_SCALE = 0.3;

/** What is drawn of a tree whose register does not tell its size. */
const USUAL_HEIGHT_M = 8;
const USUAL_SHRUB_M = 1.5;
const CROWN_OF_HEIGHT = 0.55;
/** Registers have trees of 2,630 m; those in tiles keep within what their volumes hold. */
export const TALLEST_M = 60;
export const WIDEST_M = 40;

const TREES: TilesetKind<TreeRow> = {
  properties: carried,
  featureClass: { schema: 'blizniak_trees', id: 'tree', title: 'Drzewo / Tree' },
  sizesM: TREE_SIZES_M,
  errorScale: ERROR_SCALE,
  counted: 'trees',
  write: (rows, layer, map) => {
    const byHabit = new Map(TREE_HABITS.map((habit) => [habit, [] as Instance[]]));
    const told = rows.map(({ id, at, groundM, properties }, feature) => {
      const text = (name: string) => (typeof properties[name] === 'string' ? properties[name] : null);
      const form = text('form');
      const { heightM, crownM, isTold } = sizeOf(
        properties['height_m'],
        properties['crown_diameter_m'],
        form,
      );
      if (groundM !== undefined) {
        const place = [0, 0, 0];
        map(at[0], at[1], groundM, place, 0);
        const [x = 0, y = 0, z = 0] = place;
        const habit = habitOf([text('species_latin'), text('species')], form, text('health'));
        byHabit.get(habit)?.push({ at: [x, z, -y], scale: [crownM, heightM, crownM], feature });
      }
      const source = isTold ? 'register' : 'assumed';
      return { id, properties: { ...properties, [SIZE_SOURCE_PROPERTY.name]: source } };
    });
    const shapes = [...byHabit].map(([name, instances]) => ({ name, body: treeBody(name), instances }));
    return writeInstancedGlb(shapes, told, carried(layer), TREES.featureClass);
  },
};

function sizeOf(height: PropertyValue | undefined, crown: PropertyValue | undefined, form: string | null) {
  const known = (value: PropertyValue | undefined, mostM: number): number | undefined =>
    typeof value === 'number' && value > 0 ? Math.min(value, mostM) : undefined;
  const [heightM, crownM] = [known(height, TALLEST_M), known(crown, WIDEST_M)];
  const usualM = form === 'shrub' ? USUAL_SHRUB_M : USUAL_HEIGHT_M;
  const drawnM = heightM ?? (crownM === undefined ? usualM : crownM / CROWN_OF_HEIGHT);
  return {
    heightM: drawnM,
    crownM: crownM ?? drawnM * CROWN_OF_HEIGHT,
    isTold: heightM !== undefined && crownM !== undefined,
  };
}

/** Made on demand like `tilesetSource`; the layer `trees`. */
export const treeTileset = (store: TiledStore<TreeRow>, undulation: Undulation): DocumentSource =>
  tilesetOf(store, TREES, undulation);
