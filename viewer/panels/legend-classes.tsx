import type { WireLayer } from '../../core/wire/city.ts';
import { said } from '../text/text.ts';
import { LayerSwatch } from './layer-swatch.tsx';

/** The classes of a layer, each drawn as on the map; nothing for a layer that is drawn in one way. */
export function LegendClasses({ layer }: { layer: WireLayer }) {
  const entries = layer.style.classes?.entries ?? [];
  if (entries.length === 0) return null;
  return (
    <ul class="legend-classes">
      {entries.map((entry) => (
        <li key={entry.flag ?? entry.values.join()}>
          <LayerSwatch layer={layer} entry={entry} />
          <span>{said(entry.label)}</span>
        </li>
      ))}
    </ul>
  );
}
