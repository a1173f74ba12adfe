import type { Layer } from '../feature/layer.ts';

/**
 * A layer whose properties are called otherwise, as in a file that allows short names only.
 * @param names of properties that the file has; others are left out
 */
export function renamedLayer(layer: Layer, names: ReadonlyMap<string, string>): Layer {
  const { classes, label, ...ink } = layer.style;
  const nameOf = (name: string): string => names.get(name) ?? name;
  return {
    ...layer,
    properties: layer.properties.flatMap((property) => {
      const name = names.get(property.name);
      return name === undefined ? [] : [{ ...property, name }];
    }),
    style: {
      ...ink,
      ...(classes && {
        classes: {
          property: nameOf(classes.property),
          entries: classes.entries.map((entry) =>
            entry.flag === undefined ? entry : { ...entry, flag: nameOf(entry.flag) },
          ),
        },
      }),
      ...(label && {
        label: {
          ...label,
          property: nameOf(label.property),
          ...(label.suffixProperty !== undefined && { suffixProperty: nameOf(label.suffixProperty) }),
        },
      }),
    },
  };
}
