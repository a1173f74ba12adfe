/** What findings of loads are about, and what was done about them, in words. */
import type { Text } from '../feature/layer.ts';
import type { FindingSeverity } from '../wire/load.ts';

/** Kinds of rules that an exchange file is held to. */
export type LoadRule =
  | 'schema'
  | 'geometry'
  | 'topology'
  | 'reference'
  | 'codelist'
  | 'crs'
  | 'business'
  | 'reading';

export const RULE_TITLES: Readonly<Record<LoadRule, Text>> = {
  schema: { pl: 'schemat', en: 'schema' },
  geometry: { pl: 'geometria', en: 'geometry' },
  topology: { pl: 'topologia', en: 'topology' },
  reference: { pl: 'odwołania', en: 'references' },
  codelist: { pl: 'wartości i słowniki', en: 'values and codelists' },
  crs: { pl: 'układ współrzędnych', en: 'coordinate system' },
  business: { pl: 'reguła rejestru', en: 'rule of the register' },
  reading: { pl: 'sposób odczytu', en: 'how it was read' },
};

export const SEVERITY_TITLES: Readonly<Record<FindingSeverity, Text>> = {
  error: { pl: 'błąd', en: 'error' },
  warning: { pl: 'wątpliwość', en: 'doubt' },
  info: { pl: 'uwaga', en: 'note' },
};

interface Code {
  readonly rule: LoadRule;
  readonly title: Text;
}
const code = (rule: LoadRule, pl: string, en: string): Code => ({ rule, title: { pl, en } });

const CODES: Readonly<Record<string, Code>> = {
  'class-not-stored': code(
    'schema',
    'klasa, której się tu nie przechowuje',
    'a class that is not stored here',
  ),
  'missing-id': code('schema', 'brak identyfikatora', 'no identifier'),
  'truncated-file': code('schema', 'plik urywa się przed końcem', 'the file breaks off before its end'),
  'broken-file': code('schema', 'pliku nie da się odczytać', 'the file cannot be read'),
  'duplicate-id': code('reference', 'powtórzony identyfikator', 'an identifier used twice'),
  'unknown-reference': code('reference', 'odwołanie do obiektu, którego nie ma', 'a reference to no object'),
  'plan-act-unknown': code('reference', 'nieznany akt planowania', 'an unknown planning act'),
  'plan-duplicate-id': code('reference', 'powtórzony lokalnyId', 'a lokalnyId used twice'),
  'plan-duplicate-designation': code('reference', 'powtórzone oznaczenie', 'a designation used twice'),
  'picture-missing': code('reference', 'brak obrazu tekstury', 'a picture that is not there'),
  'picture-outside': code('reference', 'obraz spoza przesyłki', 'a picture from outside the delivery'),
  'picture-remote': code('reference', 'obraz pod obcym adresem', 'a picture at another address'),
  'picture-refused': code('reading', 'obraz nie do przyjęcia', 'a picture that cannot be taken'),
  'texture-coordinates': code('geometry', 'współrzędne tekstury', 'coordinates of a texture'),
  'missing-geometry': code('geometry', 'brak geometrii', 'no geometry'),
  'invalid-geometry': code('geometry', 'niepoprawna geometria', 'an unsound geometry'),
  'plan-invalid-geometry': code('geometry', 'niepoprawna geometria', 'an unsound geometry'),
  'plan-outside-act': code('topology', 'poza obszarem aktu', 'outside the area of the act'),
  'plan-gap': code('topology', 'obszar bez strefy', 'ground without a zone'),
  'plan-overlap': code('topology', 'strefy zachodzą na siebie', 'zones overlap'),
  'parcel-overlap': code('topology', 'działki zachodzą na siebie', 'parcels overlap'),
  'parcel-gap': code('topology', 'luka między działkami', 'a gap between parcels'),
  'building-off-parcel': code('topology', 'budynek poza swoją działką', 'a building off its parcel'),
  'point-off-boundary': code('topology', 'punkt graniczny poza granicą', 'a boundary point off the boundary'),
  'line-end-loose': code(
    'topology',
    'koniec przewodu z niczym niepołączony',
    'an end of a line joined to nothing',
  ),
  'parcel-area': code('business', 'powierzchnia inna niż w rejestrze', 'an area other than registered'),
  'outside-city': code('business', 'poza miastem', 'outside the city'),
  'future-date': code('business', 'data z przyszłości', 'a date in the future'),
  'unknown-crs': code('crs', 'nieznany układ współrzędnych', 'an unknown coordinate system'),
  'crs-contradicted': code(
    'crs',
    'współrzędne przeczą podanemu układowi',
    'coordinates against the stated system',
  ),
  'invalid-value': code('codelist', 'niedopuszczalna wartość', 'a value that is not allowed'),
  'plan-symbol': code('codelist', 'nieznany symbol strefy', 'an unknown symbol of a zone'),
  'plan-symbol-name': code(
    'codelist',
    'nazwa nie odpowiada symbolowi',
    'a name that does not suit the symbol',
  ),
  'plan-local-id': code('codelist', 'lokalnyId niezgodny ze wzorem', 'a lokalnyId not of its form'),
  'plan-namespace': code(
    'codelist',
    'przestrzenNazw niezgodna ze wzorem',
    'a przestrzenNazw not of its form',
  ),
  'plan-version-id': code('codelist', 'wersjaId niezgodne ze wzorem', 'a wersjaId not of its form'),
  'plan-designation': code('codelist', 'oznaczenie bez symbolu strefy', 'a designation without its symbol'),
  'plan-base-profile': code(
    'codelist',
    'inny profil podstawowy niż strefy',
    'a base profile other than the zone has',
  ),
  'plan-additional-profile': code(
    'codelist',
    'niedozwolony profil dodatkowy',
    'an additional profile not allowed',
  ),
  'plan-dates': code('business', 'sprzeczne daty obowiązywania', 'dates of validity that contradict'),
  'plan-version-dates': code('business', 'sprzeczne daty wersji', 'dates of versions that contradict'),
  'plan-end-missing': code('business', 'brak daty końca obowiązywania', 'no date of the end of validity'),
  'plan-limit-missing': code('business', 'brak wymaganego wskaźnika', 'a required limit is missing'),
  'plan-limit-range': code('business', 'wskaźnik poza zakresem', 'a limit out of range'),
  'plan-decimals': code('business', 'więcej niż jedno miejsce po przecinku', 'more than one decimal'),
  'plan-standard-missing': code('business', 'brak wymaganego standardu', 'a required standard is missing'),
  'plan-standard-value': code('business', 'wartość standardu poza zakresem', 'a standard out of range'),
  'plan-base-map': code('business', 'brak mapy podkładowej', 'no base map'),
};

/** What a finding says, without its details; of codes that need no mending, what they are about. */
export const titleOf = (code: string): Text => CODES[code]?.title ?? RULE_TITLES[ruleOf(code)];

export const ruleOf = (code: string): LoadRule =>
  CODES[code]?.rule ?? (/^(?:crs|axis)/.test(code) ? 'crs' : 'reading');

/** What tells how the file was read, and is nothing to mend. */
const SAID_ONLY =
  /^(?:axis|namespace|version|dataset$|crs$|arc$|extension:|columns-unused|heights$|terrain$|surface$|same-timetable)/;

export const severityOfNote = (code: string): FindingSeverity => (SAID_ONLY.test(code) ? 'info' : 'warning');

/** What was done about it, where anything was. */
export function deedOf(severity: FindingSeverity, code: string): Text {
  if (code === 'truncated-file' || code === 'broken-file') {
    return { pl: 'plik odrzucono w całości', en: 'the whole file was refused' };
  }
  if (code === 'class-not-stored') {
    return { pl: 'pominięto: tej klasy się nie przechowuje', en: 'left out: this class is not stored' };
  }
  return severity === 'error'
    ? { pl: 'obiekt odrzucono i zachowano do wglądu', en: 'the object was rejected and kept to be looked at' }
    : { pl: 'przyjęto', en: 'taken over' };
}
