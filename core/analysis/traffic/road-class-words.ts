import { ROADS } from '../../catalogue/base-map.ts';
import type { Language } from '../../feature/layer.ts';

/** A class of road as the catalogue calls it. */
export function roadClassWords(roadClass: string | null, language: Language): string {
  const { codelist } = ROADS.properties.find(({ name }) => name === 'class') ?? {};
  const label = codelist?.find(({ code }) => code === roadClass)?.label;
  return label?.[language] ?? roadClass ?? '–';
}
