/** app:Appearance of CityGML 1.0, 2.0 (12-019, chapter 9) and 3.0: textures and colours by the ids of what they lie on. */
import { type Material, type Picture, WRAP_MODES } from '../../building/appearance.ts';
import type { GmlSurface } from '../../geo/gml-geometry-surfaces.ts';
import { childOf, childrenOf, childText, gmlIdOf, textOf, type XmlElement } from '../../xml/element.ts';
import type { FoundLook } from '../appearance/found-looks.ts';
import type { Notebook } from '../notebook.ts';

interface TexturedRing {
  readonly theme: string;
  readonly picture: Picture;
  /** s, t of each corner, the first one at the end again. */
  readonly coordinates: Float64Array;
}

/** Numbers of texture coordinates that are held of one file for buildings elsewhere in it. */
const MOST_NUMBERS = 40_000_000;

/** What a file, or one building, says of the look of surfaces. */
export class SurfaceData {
  readonly #rings = new Map<string, TexturedRing[]>();
  readonly #materials = new Map<string, { theme: string; material: Material }[]>();
  readonly #notes: Notebook;
  #numbers = 0;

  constructor(notes: Notebook) {
    this.#notes = notes;
  }

  get isEmpty(): boolean {
    return this.#rings.size === 0 && this.#materials.size === 0;
  }

  /** @param property `appearance` or `appearanceMember` */
  take(property: XmlElement): void {
    for (const appearance of property.children) {
      const theme = childText(appearance, 'theme') ?? '';
      for (const member of [
        ...childrenOf(appearance, 'surfaceDataMember'),
        ...childrenOf(appearance, 'surfaceData'),
      ]) {
        const [data] = member.children;
        if (data === undefined) this.#leave('appearance:reference', 'Surface data that are only referred to');
        else if (childText(data, 'isFront') === 'false') {
          this.#leave('appearance:back', 'Looks of the back of surfaces');
        } else if (data.local === 'ParameterizedTexture') this.#takeTexture(data, theme);
        else if (data.local === 'X3DMaterial') this.#takeMaterial(data, theme);
        else this.#leave(`appearance:${data.local}`, `${data.local} of an appearance`);
      }
    }
  }

  /** What is said of a flat piece, in every theme. */
  looksOf({ patch, owners, rings, isReversed }: GmlSurface): readonly FoundLook[] {
    const found: FoundLook[] = [];
    const ids = [
      ...childrenOf(patch, 'exterior'),
      ...childrenOf(patch, 'outerBoundaryIs'),
      ...childrenOf(patch, 'interior'),
      ...childrenOf(patch, 'innerBoundaryIs'),
    ].map(({ children: [ring] }) => (ring && gmlIdOf(ring)) ?? '');
    for (const { theme, picture } of this.#rings.get(ids[0] ?? '') ?? []) {
      const coordinates = ids.map((id, index) => {
        const ring = this.#rings.get(id)?.find((each) => each.theme === theme && each.picture === picture);
        return ring?.coordinates.length === 2 * (rings[index]?.length ?? 0)
          ? openRing(ring.coordinates, isReversed)
          : undefined;
      });
      if (coordinates.every((ring) => ring !== undefined)) found.push({ theme, picture, coordinates });
      else {
        this.#notes.add(
          'texture-coordinates',
          'A surface has no texture: its coordinates are not one for each corner of each ring',
        );
      }
    }
    for (const owner of owners) found.push(...(this.#materials.get(owner) ?? []));
    return found;
  }

  #takeTexture(data: XmlElement, theme: string): void {
    const image = childText(data, 'imageURI');
    if (image === undefined) {
      this.#leave('appearance:image', 'Textures without imageURI');
      return;
    }
    const wrap = WRAP_MODES.find((mode) => mode === childText(data, 'wrapMode'));
    const textureType = childText(data, 'textureType');
    const borderColor = numbersOf(childOf(data, 'borderColor'));
    const picture: Picture = {
      image,
      ...(wrap && { wrap }),
      ...(borderColor && { borderColor: [...borderColor] }),
      ...(textureType && { textureType }),
    };
    // 3.0 puts an association round the list and the ring into an element of its own.
    const targets = [...childrenOf(data, 'target'), ...childrenOf(data, 'textureParameterization')];
    for (const list of targets.flatMap(parametersOf)) {
      if (list.local !== 'TexCoordList') {
        this.#leave(`appearance:${list.local}`, `Textures laid by ${list.local}`);
        continue;
      }
      const rings = childrenOf(list, 'ring').map(textOf);
      for (const [index, element] of childrenOf(list, 'textureCoordinates').entries()) {
        const ring = element.attributes['ring'] ?? rings[index];
        const coordinates = numbersOf(element);
        if (ring !== undefined && coordinates) this.#keepRing(idOf(ring), { theme, picture, coordinates });
      }
    }
  }

  #keepRing(id: string, ring: TexturedRing): void {
    this.#numbers += ring.coordinates.length;
    if (this.#numbers > MOST_NUMBERS) {
      this.#notes.addOnce(
        'appearance:many',
        `Only the first ${MOST_NUMBERS / 2} texture coordinates of a file are kept; deliver it in parts`,
      );
      return;
    }
    this.#rings.set(id, [...(this.#rings.get(id) ?? []), ring]);
  }

  #takeMaterial(data: XmlElement, theme: string): void {
    const name = childText(data, 'name');
    const number = (local: string) => numbersOf(childOf(data, local))?.[0];
    const colour = (local: string) => {
      const channels = numbersOf(childOf(data, local));
      return channels?.length === 3 ? [...channels] : undefined;
    };
    const [diffuse, emissive, specular] = ['diffuseColor', 'emissiveColor', 'specularColor'].map(colour);
    const [ambientIntensity, shininess, transparency] = ['ambientIntensity', 'shininess', 'transparency'].map(
      number,
    );
    const smooth = childText(data, 'isSmooth');
    const material: Material = {
      ...(name !== undefined && { name }),
      ...(ambientIntensity !== undefined && { ambientIntensity }),
      ...(diffuse && { diffuse }),
      ...(emissive && { emissive }),
      ...(specular && { specular }),
      ...(shininess !== undefined && { shininess }),
      ...(transparency !== undefined && { transparency }),
      ...(smooth !== undefined && { isSmooth: smooth === 'true' || smooth === '1' }),
    };
    for (const target of childrenOf(data, 'target')) {
      const id = textOf(target);
      if (id === undefined) continue;
      const known = this.#materials.get(idOf(id)) ?? [];
      this.#materials.set(idOf(id), [...known, { theme, material }]);
    }
  }

  #leave(code: string, what: string): void {
    this.#notes.add(code, `${what} are not kept`);
  }
}

/** The list of coordinates, directly in its target or within an association. */
const parametersOf = (target: XmlElement): readonly XmlElement[] =>
  target.children.flatMap((child) =>
    child.local === 'TextureAssociation'
      ? childrenOf(child, 'textureParameterization').flatMap(({ children }) => children)
      : [child],
  );

const idOf = (reference: string): string => reference.trim().replace(/^#/, '');

function numbersOf(element: XmlElement | undefined): Float64Array | undefined {
  const text = textOf(element);
  if (text === undefined) return undefined;
  const numbers = Float64Array.from(text.split(/\s+/), Number);
  return numbers.every(Number.isFinite) ? numbers : undefined;
}

/** Without the corner that closes the ring; from its end where the ring was turned round. */
function openRing(closed: Float64Array, isReversed: boolean): readonly number[] {
  const corners = Array.from({ length: closed.length / 2 }, (_, index) => [
    closed[2 * index] ?? 0,
    closed[2 * index + 1] ?? 0,
  ]);
  return (isReversed ? corners.reverse() : corners).slice(0, -1).flat();
}
