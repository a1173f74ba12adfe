import {
  type Cesium3DTile,
  Cesium3DTileFeature,
  Cesium3DTileset,
  Color,
  CustomShader,
  Resource,
  ShadowMode,
} from '@cesium/engine';
import { addressIn } from '../api/city-api.ts';
import { authorization } from '../state/session.ts';
import { countBuilding, countTile } from '../state/stats.ts';
import type { Theme } from '../style/ink.ts';
import { lightTiles } from './scene.ts';

/** The 3D buildings and an index from id to what is drawn of it now. */
export interface Buildings {
  readonly tileset: Cesium3DTileset;
  /** Lights up the building of this 3D id or this register id; undefined for none. */
  highlight(id: string | undefined): void;
  /** Colours buildings by what their tiles say. @param tintOf undefined for those that look as ever */
  tint(tintOf: TintOf): void;
  /** Leaves buildings out of the picture, also for clicks, by their ids. */
  showOnly(isShown: (ids: readonly string[]) => boolean): void;
  /** Roofs, walls and textures all in one pale shade, so that a tint is the colour that a legend shows. */
  bleach(isPale: boolean): void;
  /** Sets the light of the theme and the colour of the highlighted building. */
  paint(theme: Theme, accent: string): void;
}

const PLAIN = Color.WHITE;

/**
 * The colour of a building that stands out.
 * @param ids its 3D id and its register id
 * @param read the value of a property in its tile; undefined where that knows none
 */
type TintOf = (ids: readonly string[], read: (property: string) => unknown) => string | undefined;

/**
 * @param prefix in front of the paths of their city
 * @param tintOf the colour of buildings that stand out, by their ids
 */
export async function openBuildings(
  prefix: string,
  onChange: () => void,
  tintOf: TintOf = () => undefined,
): Promise<Buildings> {
  const url = addressIn(prefix, 'tiles/3d/buildings/tileset.json');
  const resource = new Resource({ url, headers: authorization() });
  const tileset = await Cesium3DTileset.fromUrl(resource, {
    maximumScreenSpaceError: 8,
    // Casting only: shadows of a whole city are too coarse for façades and would stripe them.
    shadows: ShadowMode.CAST_ONLY,
    cacheBytes: 256 * 1024 * 1024,
  });
  const index = new Map<string, Set<Cesium3DTileFeature>>();
  let accent = Color.fromCssColorString('#1659a8');
  const designs = new Map<Cesium3DTileFeature, Color>();
  let tintNow = tintOf;
  let isShownNow: (ids: readonly string[]) => boolean = () => true;
  let lit: string | undefined;

  const plain = (feature: Cesium3DTileFeature) => designs.get(feature) ?? PLAIN;
  const dress = (feature: Cesium3DTileFeature) => {
    const ids = idsOf(feature).filter((key) => key !== undefined);
    feature.show = isShownNow(ids);
    const tint = tintNow(ids, (property) => feature.getProperty(property));
    const isDesigned = feature.getProperty('state') === 'designed';
    if (tint !== undefined) designs.set(feature, Color.fromCssColorString(tint));
    else if (isDesigned) designs.set(feature, DESIGNED);
    else if (!designs.delete(feature)) return;
    feature.color = plain(feature);
  };
  const colour = (id: string | undefined, shade: (feature: Cesium3DTileFeature) => Color) => {
    if (id === undefined) return;
    for (const feature of index.get(id) ?? []) feature.color = shade(feature);
  };
  const dressAll = () => {
    for (const features of index.values()) for (const feature of features) dress(feature);
    colour(lit, () => accent);
    onChange();
  };
  tileset.tileLoad.addEventListener((tile: Cesium3DTile) => {
    countTile('buildings', 'loaded');
    for (const feature of featuresOf(tile)) {
      const [id, registerId] = idsOf(feature);
      if (id !== undefined) countBuilding(id, feature.getProperty('state') === 'designed');
      dress(feature);
      for (const key of [id, registerId]) {
        if (key === undefined) continue;
        const known = index.get(key) ?? new Set();
        known.add(feature);
        index.set(key, known);
        if (key === lit) feature.color = accent;
      }
    }
    onChange();
  });
  tileset.tileUnload.addEventListener((tile: Cesium3DTile) => {
    for (const feature of featuresOf(tile)) {
      designs.delete(feature);
      for (const key of idsOf(feature)) {
        if (key === undefined) continue;
        const known = index.get(key);
        known?.delete(feature);
        if (known?.size === 0) index.delete(key);
      }
    }
  });
  tileset.tileFailed.addEventListener(() => countTile('buildings', 'failed'));
  return {
    tileset,
    highlight: (id) => {
      colour(lit, plain);
      lit = id;
      colour(lit, () => accent);
      onChange();
    },
    tint: (next) => {
      tintNow = next;
      dressAll();
    },
    showOnly: (next) => {
      isShownNow = next;
      dressAll();
    },
    bleach: (isPale) => {
      tileset.customShader = isPale ? PALE : undefined;
      onChange();
    },
    paint: (theme, shade) => {
      lightTiles(tileset, theme);
      accent = Color.fromCssColorString(shade);
      colour(lit, () => accent);
    },
  };
}

/** Planned buildings stand in the colour of scenarios, light enough to be multiplied with that of walls and roofs. */
const DESIGNED = Color.fromCssColorString('#d48cff');

const PALE = new CustomShader({
  fragmentShaderText: `
    void fragmentMain(FragmentInput fsInput, inout czm_modelMaterial material) {
      material.diffuse = vec3(0.86);
    }`,
});

function* featuresOf(tile: Cesium3DTile): Generator<Cesium3DTileFeature> {
  const { content } = tile;
  for (let i = 0; i < content.featuresLength; i++) yield content.getFeature(i);
}

const idsOf = (feature: Cesium3DTileFeature): readonly [string | undefined, string | undefined] => [
  textOf(feature.getProperty('id')),
  textOf(feature.getProperty('building_id')),
];

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The ids of a picked thing: 3D id and register id, when it is a building. */
export function buildingIds(picked: unknown): readonly [string, string | undefined] | undefined {
  if (!(picked instanceof Cesium3DTileFeature)) return undefined;
  const [id, registerId] = idsOf(picked);
  return id === undefined ? undefined : [id, registerId];
}
