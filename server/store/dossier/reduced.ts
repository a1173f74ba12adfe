import type { Layer } from '../../../core/feature/layer.ts';
import type { Dossier, DossierLayer } from '../../../core/wire/parcel-dossier.ts';
import type { Identity } from '../../access/identity.ts';
import { mayKnow, visibleLayer } from '../../access/visible-layer.ts';

/** What registers hold and this person is not told: whole registers, or single properties of them. */
export function reducedFor(layers: readonly Layer[], who: Identity): Dossier['reduced'] {
  return layers.flatMap((layer): Dossier['reduced'] => {
    const { name, title, properties } = layer;
    if (!mayKnow(layer, who)) return [{ layer: name, title, properties: [], whole: true }];
    const seen = new Set(visibleLayer(layer, who).properties.map((property) => property.name));
    const hidden = properties.filter((property) => !seen.has(property.name));
    if (hidden.length === 0) return [];
    const told = hidden.map((property) => ({ name: property.name, label: property.label }));
    return [{ layer: name, title, properties: told, whole: false }];
  });
}

/** Of what is not kept, that which no register holds by now. */
export const notKeptBy = (registers: readonly DossierLayer[]): Dossier['notKept'] => {
  const hasCases = registers.some(({ layer, state }) => layer === 'cases' && state === 'known');
  return NOT_KEPT.filter(({ name }) => name !== 'decisions' || !hasCases);
};

/** What people look for in a dossier of a parcel and the twin does not hold. */
const NOT_KEPT: Dossier['notKept'] = [
  {
    name: 'owners',
    title: { pl: 'Właściciele i księgi wieczyste', en: 'Owners and land registers' },
    reason: {
      pl: 'Dane osobowe; nie są przechowywane. Wypis z ewidencji z danymi podmiotów wydaje ZGiKM GEOPOZ.',
      en: 'Personal data; not kept. Extracts that name the holders are issued by ZGiKM GEOPOZ.',
    },
  },
  {
    name: 'decisions',
    title: { pl: 'Sprawy i decyzje administracyjne', en: 'Administrative cases and decisions' },
    reason: {
      pl: 'Rejestr decyzji (WZ, pozwolenia na budowę, podziały) nie jest wczytany; brak wpisu nie oznacza braku decyzji.',
      en: 'No register of decisions (planning, building, division) is loaded; no entry does not mean no decision.',
    },
  },
  {
    name: 'photographs',
    title: { pl: 'Zdjęcia lotnicze i ukośne', en: 'Aerial and oblique photographs' },
    reason: {
      pl: 'Ortofotomapa i zdjęcia ukośne nie są wczytane; widok z góry i w 3D powstaje z danych wektorowych.',
      en: 'Orthophotos and oblique photographs are not loaded; the views from above and in 3D are drawn from vector data.',
    },
  },
];
