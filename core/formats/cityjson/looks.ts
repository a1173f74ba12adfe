/** Appearance of CityJSON (2.0.1, chapter 5): what a document says of the look of its surfaces. */
import { type Material, type Picture, WRAP_MODES } from '../../building/appearance.ts';
import type { FoundLook } from '../appearance/found-looks.ts';
import type { Notebook } from '../notebook.ts';

type Entries = Readonly<Record<string, unknown>>;

/** The member `appearance` of a document or of one feature of a sequence. */
export interface CityLooks {
  readonly pictures: readonly (Picture | undefined)[];
  readonly materials: readonly (Material | undefined)[];
  readonly corners: readonly unknown[];
  readonly defaults: { readonly texture: string | undefined; readonly material: string | undefined };
}

export function looksOf(appearance: unknown): CityLooks | undefined {
  if (!isEntries(appearance)) return undefined;
  const word = (name: string) => {
    const value = appearance[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    pictures: listOf(appearance['textures']).map(pictureOf),
    materials: listOf(appearance['materials']).map(materialOf),
    corners: listOf(appearance['vertices-texture']),
    defaults: { texture: word('default-theme-texture'), material: word('default-theme-material') },
  };
}

/**
 * @param geometry with members `texture` and `material` of its own
 * @param path where the surface stands in the boundaries: shell, surface …
 * @param corners of each ring
 */
export function looksOfSurface(
  looks: CityLooks,
  geometry: Entries,
  path: readonly number[],
  corners: readonly number[],
  notes: Notebook,
): readonly FoundLook[] {
  const found: FoundLook[] = [];
  for (const [theme, texture] of entriesOf(geometry['texture'])) {
    const rings = at(texture['values'], path);
    const look = Array.isArray(rings) ? texturedLook(looks, rings, corners) : undefined;
    if (look === 'broken') {
      notes.add(
        'texture-coordinates',
        'A surface has no texture: its picture or its coordinates are not in the file, or not one for each corner',
      );
    } else if (look) found.push({ theme, isDefault: theme === looks.defaults.texture, ...look });
  }
  for (const [theme, { value, values }] of entriesOf(geometry['material'])) {
    const index = value ?? at(values, path);
    const material = typeof index === 'number' ? looks.materials[index] : undefined;
    if (material) found.push({ theme, isDefault: theme === looks.defaults.material, material });
  }
  return found;
}

/** Undefined where the surface has none: `[[null]]`. */
function texturedLook(
  { pictures, corners: known }: CityLooks,
  rings: readonly unknown[],
  corners: readonly number[],
): Pick<FoundLook, 'picture' | 'coordinates'> | 'broken' | undefined {
  const [shell] = rings;
  const index: unknown = Array.isArray(shell) ? shell[0] : undefined;
  if (typeof index !== 'number') return undefined;
  const picture = pictures[index];
  const coordinates = rings.map((ring) =>
    listOf(ring)
      .slice(1)
      .flatMap((corner) => listOf(known[Number(corner)]).slice(0, 2).map(Number)),
  );
  const isWhole =
    coordinates.length === corners.length &&
    corners.every((count, ring) => coordinates[ring]?.length === 2 * count) &&
    coordinates.every((ring) => ring.every(Number.isFinite));
  return picture && isWhole ? { picture, coordinates } : 'broken';
}

function pictureOf(texture: unknown): Picture | undefined {
  if (!isEntries(texture) || typeof texture['image'] !== 'string') return undefined;
  const { image, wrapMode, textureType, borderColor } = texture;
  const wrap = WRAP_MODES.find((mode) => mode === wrapMode);
  const border = numbers(borderColor);
  return {
    image,
    ...(wrap && { wrap }),
    ...(border && { borderColor: border }),
    ...(typeof textureType === 'string' && { textureType }),
  };
}

function materialOf(material: unknown): Material | undefined {
  if (!isEntries(material)) return undefined;
  const { name, ambientIntensity, shininess, transparency, isSmooth } = material;
  const [diffuse, emissive, specular] = ['diffuseColor', 'emissiveColor', 'specularColor'].map((each) =>
    numbers(material[each]),
  );
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof ambientIntensity === 'number' && { ambientIntensity }),
    ...(diffuse && { diffuse }),
    ...(emissive && { emissive }),
    ...(specular && { specular }),
    ...(typeof shininess === 'number' && { shininess }),
    ...(typeof transparency === 'number' && { transparency }),
    ...(typeof isSmooth === 'boolean' && { isSmooth }),
  };
}

const isEntries = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const entriesOf = (value: unknown): readonly (readonly [string, Entries])[] =>
  isEntries(value)
    ? Object.entries(value).filter((entry): entry is [string, Entries] => isEntries(entry[1]))
    : [];
const numbers = (value: unknown): readonly number[] | undefined =>
  Array.isArray(value) && value.length >= 3 && value.every((each) => typeof each === 'number')
    ? value
    : undefined;

/** What stands at the place in lists of lists; null for a whole list says it of all within. */
const at = (values: unknown, path: readonly number[]): unknown =>
  path.reduce((list: unknown, index) => (Array.isArray(list) ? list[index] : undefined), values);
