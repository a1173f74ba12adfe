/** Appearance of CityJSON 2.0.1: looks of all buildings of a file, gathered while their geometry is written. */
import type { Appearance, Material, Picture } from '../../building/appearance.ts';
import { pictureName } from '../appearance/dressed-feature.ts';
import { OnceEach } from '../appearance/found-looks.ts';

/** Texture coordinates are written in parts of so many. */
const AT_ONCE = 5_000;

export class WrittenLooks {
  readonly #textures = new OnceEach<object>();
  readonly #materials = new OnceEach<object>();
  #corners = new Float64Array(2 * 1024);
  #count = 0;
  #defaultTexture: string | undefined;
  #defaultMaterial: string | undefined;
  readonly #folder: string;

  /** @param folder of the pictures, beside the file */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Members `texture` and `material` of a geometry. @param isSolid the faces stand in a shell */
  membersOf(
    { pictures, materials, themes }: Appearance,
    ringCounts: readonly number[],
    isSolid: boolean,
  ): object {
    const textures = pictures.map((picture) => this.#textures.index(this.#texture(picture)));
    const colours = materials.map((material, index) => this.#materials.index(colourOf(material, index)));
    const nested = (values: readonly unknown[]) => ({ values: isSolid ? [values] : values });
    const texture: Record<string, object> = {};
    const material: Record<string, object> = {};
    for (const { name, isDefault, looks } of themes) {
      const hasTextures = looks.some((look) => look?.picture !== undefined);
      const hasColours = looks.some((look) => look?.material !== undefined);
      if (isDefault && hasTextures) this.#defaultTexture ??= name;
      if (isDefault && hasColours) this.#defaultMaterial ??= name;
      if (hasTextures) {
        const known = new Map<string, number>();
        texture[name] = nested(
          looks.map((look, face) =>
            look?.picture === undefined
              ? Array.from({ length: ringCounts[face] ?? 1 }, () => [null])
              : (look.coordinates ?? []).map((ring) => [
                  textures[look.picture ?? 0],
                  ...this.#indexes(ring, known),
                ]),
          ),
        );
      }
      if (hasColours) {
        material[name] = nested(
          looks.map((look) => (look?.material === undefined ? null : colours[look.material])),
        );
      }
    }
    return {
      ...(Object.keys(material).length > 0 && { material }),
      ...(Object.keys(texture).length > 0 && { texture }),
    };
  }

  /** The member `appearance` of the document with the comma before it; nothing where no building has a look. */
  *text(): Generator<string> {
    const [textures, materials] = [this.#textures.all, this.#materials.all];
    if (textures.length + materials.length === 0) return;
    const head = {
      ...(this.#defaultTexture !== undefined && { 'default-theme-texture': this.#defaultTexture }),
      ...(this.#defaultMaterial !== undefined && { 'default-theme-material': this.#defaultMaterial }),
      ...(materials.length > 0 && { materials }),
      ...(textures.length > 0 && { textures }),
    };
    yield `,\n"appearance":${JSON.stringify(head).slice(0, -1)},"vertices-texture":[`;
    for (let from = 0; from < this.#count; from += AT_ONCE) {
      const to = Math.min(this.#count, from + AT_ONCE);
      const corners = Array.from({ length: to - from }, (_, index) =>
        JSON.stringify([this.#corners[2 * (from + index)], this.#corners[2 * (from + index) + 1]]),
      );
      yield `${from === 0 ? '' : ','}${corners.join(',')}`;
    }
    yield ']}';
  }

  #indexes(ring: readonly number[], known: Map<string, number>): readonly number[] {
    return Array.from({ length: ring.length / 2 }, (_, corner) => {
      const [s = 0, t = 0] = ring.slice(2 * corner, 2 * corner + 2);
      const index = known.get(`${s} ${t}`) ?? this.#add(s, t);
      known.set(`${s} ${t}`, index);
      return index;
    });
  }

  #add(s: number, t: number): number {
    if (2 * this.#count + 2 > this.#corners.length) {
      const larger = new Float64Array(2 * this.#corners.length);
      larger.set(this.#corners);
      this.#corners = larger;
    }
    this.#corners.set([s, t], 2 * this.#count);
    return this.#count++;
  }

  #texture(picture: Picture): object {
    const { mediaType, wrap, borderColor, textureType } = picture;
    return {
      // The schema knows PNG and JPG; of WebP the ending tells.
      type: mediaType === 'image/jpeg' ? 'JPG' : 'PNG',
      image: `${this.#folder}/${pictureName(picture)}`,
      ...(wrap && { wrapMode: wrap }),
      ...(textureType && { textureType }),
      ...(borderColor && { borderColor }),
    };
  }
}

/** A material must have a name. */
const colourOf = (material: Material, index: number): object => {
  const { name = `material ${index + 1}`, diffuse, emissive, specular, ...others } = material;
  return {
    name,
    ...others,
    ...(diffuse && { diffuseColor: diffuse }),
    ...(emissive && { emissiveColor: emissive }),
    ...(specular && { specularColor: specular }),
  };
};
