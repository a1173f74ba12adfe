import type { Layer } from '../../core/feature/layer.ts';
import { type Identity, isStaff } from './identity.ts';

/** Whether this person may know of the layer at all. */
export const mayKnow = ({ audience }: Pick<Layer, 'audience'>, who: Identity): boolean =>
  audience !== 'staff' || isStaff(who);

/** The layers that this person may know of, as they may know them. */
export const visibleLayers = (layers: readonly Layer[], who: Identity): readonly Layer[] =>
  layers.filter((layer) => mayKnow(layer, who)).map((layer) => visibleLayer(layer, who));

/** Layers as the public may know them: made once for each, since every request asks for all of them. */
const publicLayers = new WeakMap<Layer, Layer>();

/** The layer as this person may know it: without the properties of an audience that they do not belong to. */
export function visibleLayer(layer: Layer, who: Identity): Layer {
  if (isStaff(who)) return layer;
  const known = publicLayers.get(layer) ?? publicLayer(layer);
  publicLayers.set(layer, known);
  return known;
}

function publicLayer(layer: Layer): Layer {
  const visible = layer.properties.filter(({ audience }) => audience !== 'staff');
  if (visible.length === layer.properties.length) return layer;
  return {
    ...layer,
    properties: visible,
    style: withoutHidden(
      layer,
      visible.map(({ name }) => name),
    ),
  };
}

/** A style must not name, and thereby draw, what is hidden. */
function withoutHidden({ style }: Layer, visible: readonly string[]): Layer['style'] {
  const { label, classes, ...plain } = style;
  const labelIsHidden =
    label &&
    [label.property, label.suffixProperty].some((name) => name !== undefined && !visible.includes(name));
  return {
    ...plain,
    ...(label && !labelIsHidden && { label }),
    ...(classes && visible.includes(classes.property) && { classes }),
  };
}
