/** app:appearance of CityGML 2.0 (12-019, 9.3 to 9.5): the look of one building, written within it. */
import type { Appearance, Material, Picture, Theme } from '../../building/appearance.ts';
import { escapeText } from '../../xml/writer.ts';
import { pictureName } from '../appearance/dressed-feature.ts';

/** Ids of the parts that looks refer to. */
export const faceId = (building: string, face: number): string => `${building}.f${face + 1}`;
export const ringId = (building: string, face: number, ring: number): string =>
  `${faceId(building, face)}.r${ring}`;

/** @param folder of the pictures, beside the file */
export function looksText(building: string, appearance: Appearance, folder: string): string {
  return appearance.themes.map((theme) => themeText(building, appearance, theme, folder)).join('');
}

function themeText(
  building: string,
  { pictures, materials }: Appearance,
  { name, looks }: Theme,
  folder: string,
): string {
  const textures = pictures.map((picture, index) => {
    const targets = looks.flatMap((look, face) =>
      look?.picture === index && look.coordinates ? [targetText(building, face, look.coordinates)] : [],
    );
    return targets.length === 0 ? '' : textureText(picture, targets, folder);
  });
  const colours = materials.map((material, index) => {
    const targets = looks.flatMap((look, face) =>
      look?.material === index ? [`<app:target>#${faceId(building, face)}</app:target>`] : [],
    );
    return targets.length === 0 ? '' : materialText(material, targets);
  });
  const members = [...textures, ...colours]
    .filter((each) => each !== '')
    .map((each) => `<app:surfaceDataMember>${each}</app:surfaceDataMember>`);
  const theme = name === '' ? '' : `<app:theme>${escapeText(name)}</app:theme>`;
  return `<app:appearance><app:Appearance>${theme}${members.join('')}</app:Appearance></app:appearance>`;
}

function targetText(building: string, face: number, coordinates: readonly (readonly number[])[]): string {
  const rings = coordinates.map(
    (ring, index) =>
      `<app:textureCoordinates ring="#${ringId(building, face, index)}">${[...ring, ...ring.slice(0, 2)].join(' ')}</app:textureCoordinates>`,
  );
  return `<app:target uri="#${faceId(building, face)}"><app:TexCoordList>${rings.join('')}</app:TexCoordList></app:target>`;
}

function textureText(picture: Picture, targets: readonly string[], folder: string): string {
  const { mediaType = '', textureType, wrap, borderColor } = picture;
  return [
    '<app:ParameterizedTexture>',
    `<app:imageURI>${escapeText(`${folder}/${pictureName(picture)}`)}</app:imageURI>`,
    `<app:mimeType>${mediaType}</app:mimeType>`,
    textureType === undefined ? '' : `<app:textureType>${escapeText(textureType)}</app:textureType>`,
    wrap === undefined ? '' : `<app:wrapMode>${wrap}</app:wrapMode>`,
    borderColor === undefined ? '' : `<app:borderColor>${borderColor.join(' ')}</app:borderColor>`,
    ...targets,
    '</app:ParameterizedTexture>',
  ].join('');
}

function materialText(material: Material, targets: readonly string[]): string {
  const { name, ambientIntensity, diffuse, emissive, specular, shininess, transparency, isSmooth } = material;
  const element = (local: string, value: number | boolean | readonly number[] | undefined) =>
    value === undefined ? '' : `<app:${local}>${[value].flat().join(' ')}</app:${local}>`;
  return [
    '<app:X3DMaterial>',
    name === undefined ? '' : `<gml:name>${escapeText(name)}</gml:name>`,
    element('ambientIntensity', ambientIntensity),
    element('diffuseColor', diffuse),
    element('emissiveColor', emissive),
    element('specularColor', specular),
    element('shininess', shininess),
    element('transparency', transparency),
    element('isSmooth', isSmooth),
    ...targets,
    '</app:X3DMaterial>',
  ].join('');
}
