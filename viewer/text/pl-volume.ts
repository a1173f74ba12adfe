/** Polish words of measured volumes. */
export const plVolume = {
  measureVolume: 'Objętość',
  measureVolumeHint:
    'Wskaż narożniki wykopu, hałdy lub tarasu; objętość liczona jest między gruntem a poziomem.',
  volumeLevel: 'Poziom',
  volumeLevelClear: 'Średnia z zarysu',
  volumeLevelMean: 'średnia wysokość gruntu na zarysie',
  volumeAbove: 'Grunt nad poziomem',
  volumeBelow: 'Brak pod poziomem',
  volumeNet: 'Różnica',
  volumeCounting: 'Błąd liczenia',
  volumeDecimetre: 'Zmiana na ± 0,1 m wysokości',
  volumeGround: 'Grunt od – do',
  volumeAsking: 'Liczę objętość…',
  volumeFailed: 'Nie udało się policzyć objętości: {reason}',
  volumeBound:
    'Grunt z modelu terenu miasta lub scenariusza, wysokości PL-EVRF2007-NH, {day}. Model nie podaje swojej dokładności.',
  volumeTable: 'Pobierz tabelę (CSV)',
} as const;
