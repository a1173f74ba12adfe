/** Polish words of keys. */
export const plKeys = {
  keysTitle: 'Klucze dla QGIS i innych programów',
  keysHint:
    'Klucz wpisuje się jako hasło do nazwy {who} albo wysyła jako token Bearer. Ma najwyżej prawa tego konta.',
  keyLabel: 'Do czego jest',
  keyDays: 'Jak długo ważny',
  keyDaysOf: '{n} dni',
  keyReadOnly: 'tylko do odczytu',
  keyMake: 'Utwórz klucz',
  keyMade: 'Nowy klucz, pokazany tylko teraz',
  keySession: 'sesja',
  keyThatReads: 'klucz do odczytu',
  keyThatActs: 'klucz ze wszystkimi prawami konta',
  keyDates: 'ważny do {end}, użyty {used}',
  keyCurrent: 'ta sesja',
  keyEnd: 'Unieważnij',
  keyEndOf: 'Unieważnij: {label}',
} as const;
