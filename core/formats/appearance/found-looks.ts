import type { Appearance, FaceLook, Material, Picture } from '../../building/appearance.ts';

/** What a file says of one face in one theme. */
export interface FoundLook {
  readonly theme: string;
  readonly isDefault?: boolean;
  readonly picture?: Picture;
  readonly coordinates?: readonly (readonly number[])[];
  readonly material?: Material;
}

/**
 * Looks of faces as one appearance: pictures and materials once each, themes in the order in which they come up.
 * @param faces in the order of the geometry
 * @returns undefined where nothing is said of any
 */
export function settledAppearance(faces: readonly (readonly FoundLook[])[]): Appearance | undefined {
  const pictures = new OnceEach<Picture>();
  const materials = new OnceEach<Material>();
  const themes = new Map<string, { isDefault: boolean; looks: (FaceLook | null)[] }>();
  for (const [index, found] of faces.entries()) {
    for (const { theme, isDefault = false, picture, coordinates, material } of found) {
      const known = themes.get(theme) ?? { isDefault: false, looks: faces.map((): FaceLook | null => null) };
      themes.set(theme, known);
      known.isDefault ||= isDefault;
      known.looks[index] = {
        ...known.looks[index],
        ...(picture && coordinates && { picture: pictures.index(picture), coordinates }),
        ...(material && { material: materials.index(material) }),
      };
    }
  }
  if (themes.size === 0) return undefined;
  return {
    pictures: pictures.all,
    materials: materials.all,
    themes: [...themes].map(([name, { isDefault, looks }]) => ({
      name,
      ...(isDefault && { isDefault }),
      looks,
    })),
  };
}

/** A list in which like things stand once. */
export class OnceEach<T> {
  readonly #indexes = new Map<string, number>();
  readonly all: T[] = [];

  index(thing: T): number {
    const key = JSON.stringify(thing);
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    this.#indexes.set(key, this.all.length);
    return this.all.push(thing) - 1;
  }
}
