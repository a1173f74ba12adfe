/** Layers of the catalogue made of the declaration of a source. */
import type { Layer, LayerGroup } from '../feature/layer.ts';
import type { CascadedLayer, CascadedSource } from '../wire/cascade.ts';

/** The last heading: what is not the city's. */
const OUTSIDE: LayerGroup = {
  ...{ name: 'outside', order: 90 },
  title: { pl: 'Usługi zewnętrzne', en: 'Services of others' },
};
/** Under everything of the city. */
const DRAW_ORDER = -100;
const PICTURES_SRID = 4326;
const INK = { stroke: '#7a5195', strokeWidthPx: 1.5, fill: '#7a5195', fillOpacity: 0.12 } as const;
const MARKER = { shape: 'circle', sizePx: 8 } as const;

/** Datasets beside the city bear the names of their sources. */
export const OUTSIDE_DATASET = 'outside';

export const cascadedLayers = (source: CascadedSource): readonly Layer[] =>
  source.layers.map((layer) => toLayer(source, layer));

function toLayer(source: CascadedSource, layer: CascadedLayer): Layer {
  const { objects } = layer;
  const isPoint = objects?.geometryType.endsWith('Point') === true;
  return {
    ...{ name: layer.name, title: { pl: layer.title, en: layer.title } },
    description: descriptionOf(source, layer),
    ...{ group: OUTSIDE, drawOrder: DRAW_ORDER, initiallyVisible: false, table: '', dimension: 2 },
    dataset: OUTSIDE_DATASET,
    srid: objects?.srid ?? PICTURES_SRID,
    geometryType: objects?.geometryType ?? 'MultiPolygon',
    properties: (objects?.properties ?? []).map(({ name, column, type }) => ({
      ...{ name, type },
      label: { pl: column, en: column },
    })),
    style: { ...INK, ...(isPoint && { marker: MARKER, fillOpacity: 0.9 }) },
    ...(layer.maxScaleDenominator !== undefined && { maxScaleDenominator: layer.maxScaleDenominator }),
    ...{ steward: source.owner, licence: source.licence },
    freshnessDays: Math.max(1, Math.ceil(source.freshnessS / 86_400)),
    cascaded: {
      ...{ source: source.name, shows: objects ? 'objects' : 'pictures' },
      isQueryable: objects !== undefined || layer.maps?.infoFormat !== undefined,
    },
  };
}

function descriptionOf(source: CascadedSource, { description }: CascadedLayer): Layer['description'] {
  const said = description === '' ? '' : ` ${description}`;
  return {
    pl: `Z usługi zewnętrznej „${source.title.pl}”.${said}`,
    en: `From the outside service “${source.title.en}”.${said}`,
  };
}
