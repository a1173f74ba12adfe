import type { Layer } from '../../core/feature/layer.ts';
import { type Identity, isStaff, seesNetworkDetail } from './identity.ts';

/** Whether this person may know of the layer at all. */
export const mayKnow = ({ audience }: Pick<Layer, 'audience'>, who: Identity): boolean =>
  audience !== 'staff' || isStaff(who);

/** The layers that this person may know of, as they may know them. */
export const visibleLayers = (layers: readonly Layer[], who: Identity): readonly Layer[] =>
  layers.filter((layer) => mayKnow(layer, who)).map((layer) => visibleLayer(layer, who));

type Known = (layer: Layer) => Layer;

/**
 * The layer as this person may know it: without the properties of an audience that they do not belong to. Critical
 * detail is declared in it exactly when it is missing for them.
 */
export function visibleLayer(layer: Layer, who: Identity): Layer {
  if (isStaff(who)) return layer.critical ? wholeLayer(layer) : layer;
  return seesNetworkDetail(who) ? networkLayer(layer) : publicLayer(layer);
}

/** Layers as others may know them are made once for each, since every request asks for all of them. */
function madeOnce(make: Known): Known {
  const made = new WeakMap<Layer, Layer>();
  return (layer) => {
    const known = made.get(layer) ?? make(layer);
    made.set(layer, known);
    return known;
  };
}

const wholeLayer = madeOnce(({ critical: _, ...layer }) => layer);
const networkLayer = madeOnce((layer) => withoutStaffs(layer.critical ? wholeLayer(layer) : layer));
const publicLayer = madeOnce((layer) => {
  const { critical, description } = layer;
  if (!critical) return withoutStaffs(layer);
  const noted = {
    pl: `${description.pl} ${critical.note.pl}`,
    en: `${description.en} ${critical.note.en}`,
  };
  return withoutStaffs({ ...layer, description: noted });
});

function withoutStaffs(layer: Layer): Layer {
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
