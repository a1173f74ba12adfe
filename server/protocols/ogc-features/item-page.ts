import type { Feature } from '../../../core/feature/feature.ts';
import type { Layer } from '../../../core/feature/layer.ts';
import { shownValue } from '../../../core/feature/shown-value.ts';
import { coordinateStyle } from '../../../core/formats/coordinate-text.ts';
import { geometryText } from '../../../core/formats/geojson.ts';
import type { CrsReference } from '../../../core/geo/crs.ts';
import { type Markup, markup } from '../../../core/xml/writer.ts';
import { factTable, pageFoot, pageHead } from '../../http/ogc-page.ts';
import type { View } from '../../http/ogc-view.ts';
import type { Ask } from '../../http/protocol.ts';
import { WORDS } from './words.ts';

const SHOWN_GEOMETRY_CHARS = 4000;

/** One object for reading. */
export function itemPage(layer: Layer, feature: Feature, crs: CrsReference, ask: Ask, view: View): Markup {
  const { language } = view;
  const way = [
    { title: WORDS.collections[language], path: '/ogc/collections' },
    { title: layer.title[language], path: `/ogc/collections/${layer.name}` },
    { title: WORDS.items[language], path: `/ogc/collections/${layer.name}/items` },
  ];
  const facts = layer.properties.map((property) => {
    const value = shownValue(property, feature.properties[property.name] ?? null, language);
    const name = property.unit ? `${property.label[language]} [${property.unit}]` : property.label[language];
    return [name, value] as const;
  });
  const geometry = feature.geometry && geometryText(feature.geometry, coordinateStyle(crs));
  const shortened =
    geometry && geometry.length > SHOWN_GEOMETRY_CHARS
      ? `${geometry.slice(0, SHOWN_GEOMETRY_CHARS)}…`
      : geometry;
  return markup`${pageHead({ title: feature.id, way }, ask, view)}${factTable(facts)}<h2>${WORDS.geometry[language]}</h2>
<p class="note"><code>${crs.text}</code></p><pre>${shortened}</pre>${pageFoot(ask, view)}`;
}
