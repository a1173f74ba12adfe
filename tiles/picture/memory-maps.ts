import type { FeatureSource } from '../../core/feature/source.ts';
import { classOf } from '../../core/feature/symbol.ts';
import { writeWkb } from '../../core/geo/wkb.ts';
import type { MapSource } from './map-source.ts';

/** What pictures show of features that never change, held in memory. */
export const memoryMaps = (source: FeatureSource): MapSource => ({
  async shapes({ layer, area, withLabels, filter }, signal) {
    const classes = new Map<number, { readonly wkb: Uint8Array[]; readonly labels: [unknown, unknown][] }>();
    const query = { layer: layer.name, bbox: area, ...(filter && { filter }) };
    for await (const { geometry, properties } of source.query(query, signal)) {
      if (!geometry) continue;
      const styled = classOf(layer.style, properties);
      const entry = styled ? (layer.style.classes?.entries.indexOf(styled) ?? -1) : -1;
      const shapes = classes.get(entry) ?? { wkb: [], labels: [] };
      classes.set(entry, shapes);
      shapes.wkb.push(writeWkb(geometry));
      const { property = '', suffixProperty = '' } = layer.style.label ?? {};
      if (withLabels) shapes.labels.push([properties[property], properties[suffixProperty]]);
    }
    return [...classes].map(([entry, { wkb, labels }]) => ({
      ...{ entry, labels },
      wkb: new Uint8Array(Buffer.concat(wkb)),
    }));
  },
  versions: async (areas) => areas.map(() => '1'),
});
