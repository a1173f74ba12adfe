/** Words of the capabilities, Polish and English. */
export const WORDS = {
  title: { pl: 'Bliźniak: mapa miasta (WMS)', en: 'Blizniak: map of the city (WMS)' },
  abstract: {
    pl: 'Warstwy cyfrowego bliźniaka miasta jako obrazy: ewidencja gruntów i budynków, sieci, planowanie, zieleń, środowisko. W wersji 1.3.0 kolejność osi według EPSG.',
    en: "Layers of the city's digital twin as pictures: land register, networks, planning, greenery, environment. In version 1.3.0 axes follow EPSG.",
  },
  keywords: {
    pl: ['działki', 'budynki', 'EGiB', 'GESUT', 'miasto'],
    en: ['parcels', 'buildings', 'cadastre', 'utilities', 'city'],
  },
  provider: { pl: 'Bliźniak', en: 'Blizniak' },
  identifier: { pl: 'Identyfikator', en: 'Identifier' },
  nothing: { pl: 'Brak obiektów w tym miejscu.', en: 'There is nothing here.' },
  synthetic: { pl: 'DANE SYNTETYCZNE: nie są rejestrem.', en: 'SYNTHETIC DATA: no register.' },
  informative: {
    pl: 'Wydruk informacyjny: nie jest mapą do celów projektowych ani mapą do celów prawnych.',
    en: 'For information: no map for design and none for legal purposes.',
  },
  content: { pl: 'Treść', en: 'Content' },
  date: { pl: 'Stan danych', en: 'Data of' },
  crs: { pl: 'Układ', en: 'System' },
  source: { pl: 'Źródło', en: 'Source' },
  licence: { pl: 'Licencja', en: 'Licence' },
  style: { pl: 'Styl domyślny', en: 'Default style' },
} as const;
