/** What the documents of a parcel say, in both languages. */
import type { Text } from '../../feature/layer.ts';
import type { Category, FindingState, Strength } from '../../wire/parcel-check.ts';

const say = (pl: string, en: string): Text => ({ pl, en });

/** Words alone: the letters of documents have none of the shapes that stand beside them on the screen. */
export const STATE_WORDS: Readonly<Record<FindingState, Text>> = {
  applies: say('dotyczy', 'applies'),
  touches: say('na granicy dokładności danych', 'within the accuracy of the data'),
  'does-not-apply': say('nie dotyczy', 'does not apply'),
  'not-assessed': say('nie oceniono', 'not assessed'),
};

export const STRENGTH_WORDS: Readonly<Record<Strength, Text>> = {
  statute: say('ustawa lub rozporządzenie', 'act or regulation'),
  'local-law': say('prawo miejscowe', 'local law'),
  guideline: say(
    'wytyczna operatora, wiążąca tylko przez umowę',
    'guideline of an operator, binding by contract only',
  ),
  advisory: say('zalecenie', 'advice'),
};

export const CATEGORY_WORDS: Readonly<Record<Category, Text>> = {
  planning: say('Planowanie', 'Planning'),
  building: say('Zabudowa i odległości', 'Building and distances'),
  roads: say('Drogi i dojazd', 'Roads and access'),
  networks: say('Sieci uzbrojenia', 'Utility networks'),
  greenery: say('Zieleń', 'Greenery'),
  heritage: say('Zabytki', 'Heritage'),
  nature: say('Ochrona przyrody', 'Nature protection'),
  water: say('Woda i powódź', 'Water and flood'),
  noise: say('Hałas', 'Noise'),
  ground: say('Grunt', 'Ground'),
  register: say('Ewidencja', 'Land register'),
  cases: say('Sprawy i roboty', 'Cases and works'),
};

export const WORDS = {
  checkTitle: say('Sprawdzenie działki', 'Check of parcel'),
  checkSubject: say(
    'Ograniczenia działki z przepisem, miarą i jej niepewnością',
    'What constrains the parcel, with the law, the measure and its doubt',
  ),
  extractTitle: say('Wypis i wyrys z planów dla działki', 'Plan extract and drawing of parcel'),
  extractSubject: say(
    'Ustalenia planów obowiązujących na działce i rysunek w skali',
    'Provisions of the plans on the parcel and a drawing to scale',
  ),
  informative: say(
    'Dokument informacyjny wygenerowany z danych bliźniaka. Nie jest zaświadczeniem, decyzją ani urzędowym wypisem i wyrysem w rozumieniu art. 30 ustawy o planowaniu i zagospodarowaniu przestrzennym; te wydaje prezydent miasta.',
    'For information, made from the data of the twin. It is no certificate, no decision and no official extract (art. 30 of the Spatial Planning and Development Act); those are issued by the mayor.',
  ),
  synthetic: say(
    'Dane są syntetyczne: to miasto demonstracyjne, nie rzeczywista działka.',
    'The data are synthetic: a demonstration city, not a real parcel.',
  ),
  parcel: say('Działka', 'Parcel'),
  area: say('Powierzchnia z granic', 'Area from the boundary'),
  registered: say('Pole ewidencyjne', 'Registered area'),
  landUse: say('Użytki i klasy', 'Land use and soil classes'),
  asOf: say('Stan danych na', 'State of the data'),
  lawDate: say('Prawo na dzień', 'Law of the day'),
  scenario: say('Wariant', 'Scenario'),
  rules: say('Wersja reguł', 'Version of the rules'),
  code: say('Kod weryfikacyjny', 'Verification code'),
  notAssessed: say('Czego nie oceniono', 'What was not assessed'),
  allAssessed: say('Oceniono wszystkie reguły.', 'Every rule was assessed.'),
  summary: say('Wynik w skrócie', 'The result in short'),
  state: say('Stan', 'State'),
  count: say('Liczba', 'Count'),
  drawing: say('Rysunek', 'Drawing'),
  drawingAlt: say(
    'Plan działki {id} i jej otoczenia, północ u góry.',
    'Plan of parcel {id} and its surroundings, north up.',
  ),
  drawingCaption: say('Układ PL-2000 (EPSG:{srid}).', 'CRS PL-2000 (EPSG:{srid}).'),
  birdsEye: say('Z lotu ptaka', 'From the air'),
  birdsEyeAlt: say(
    'Działka {id} z zabudową i drzewami wokół, widziana z góry od południowego zachodu.',
    'Parcel {id} with the buildings and trees around it, seen from above from the south-west.',
  ),
  birdsEyeCaption: say(
    'Rysunek z modelu 3D, nie zdjęcie; budynki na działce są pomarańczowe, każdy stoi na płaskim terenie. Bez skali.',
    'Drawn from the 3D model, no photograph; buildings on the parcel are orange, each stands on level ground. Not to scale.',
  ),
  outline: say('granica działki', 'boundary of the parcel'),
  conflict: say('miejsce ograniczenia', 'place of a constraint'),
  applying: say('Ustalenia', 'Findings'),
  noneApplying: say('Żadne ograniczenie nie dotyczy działki.', 'No constraint applies to the parcel.'),
  measured: say('Zmierzono', 'Measured'),
  required: say('Wymagane', 'Required'),
  reason: say('Uzasadnienie', 'Reason'),
  law: say('Podstawa', 'Law'),
  strength: say('Moc', 'Strength'),
  source: say('Dane', 'Data'),
  toVerify: say('przepis do sprawdzenia', 'law to be verified'),
  since: say('obowiązuje od {from}', 'in force since {from}'),
  between: say('obowiązuje od {from} do {to}', 'in force from {from} to {to}'),
  fine: say('Sprawdzono i nie dotyczy', 'Checked and does not apply'),
  finding: say('Ustalenie', 'Finding'),
  layer: say('Rejestr', 'Register'),
  loaded: say('Wczytano', 'Loaded'),
  version: say('Wersja', 'Version'),
  steward: say('Prowadzi', 'Steward'),
  licence: say('Licencja', 'Licence'),
  stale: say('po terminie aktualizacji', 'older than it should be'),
  unknown: say('nieznane', 'unknown'),
  dataUsed: say('Użyte dane', 'Data used'),
  proof: say('Jak sprawdzić ten dokument', 'How to verify this document'),
  proofHow: say(
    'Kod otwiera dokładnie tę odpowiedź: tę działkę, te dane i to prawo. Skrót zgadza się, gdy nic się nie zmieniło.',
    'The code opens exactly this answer: this parcel, these data and this law. The code matches when nothing has changed.',
  ),
  proofByCode: say(
    'Lista jest za długa na adres. Wczytaj te same identyfikatory w przestrzeni „Sprawdź”: kod {code} zgadza się, gdy nic się nie zmieniło.',
    'The list is too long for an address. Give the same ids in the work space "Check": code {code} matches when nothing has changed.',
  ),
  areaTitle: say('Sprawdzenie narysowanego obszaru', 'Check of a drawn area'),
  areaSubject: say(
    'Ograniczenia obszaru z przepisem, miarą i jej niepewnością',
    'What constrains the area, with the law, the measure and its doubt',
  ),
  areaAlt: say(
    'Plan obszaru i jego otoczenia, północ u góry.',
    'Plan of the area and its surroundings, north up.',
  ),
  listTitle: say('Sprawdzenie listy działek', 'Check of a list of parcels'),
  listSubject: say(
    'Ograniczenia działek z listy z przepisem, miarą i jej niepewnością',
    'What constrains the listed parcels, with the law, the measure and its doubt',
  ),
  listAlt: say(
    'Plan działek z listy i ich otoczenia, północ u góry.',
    'Plan of the listed parcels and their surroundings, north up.',
  ),
  parcels: say('Działek', 'Parcels'),
  wholeArea: say('Razem z granic', 'Together, from the boundaries'),
  eachParcel: say(
    'Ile ustaleń którego stanu na każdej działce',
    'How many findings of each state on each parcel',
  ),
  unknownIds: say('Nie ma takich działek', 'There are no such parcels'),
  instead: say('{id}: może chodziło o {ids}', '{id}: perhaps {ids} was meant'),
  became: say('{id}: jej grunt należy teraz do {ids}', '{id}: its ground belongs now to {ids}'),
  onAll: say('{n} z {all} działek', '{n} of {all} parcels'),
  outlines: say('granice działek z listy', 'boundaries of the listed parcels'),
  areaOutline: say('granica obszaru', 'boundary of the area'),
  qrAlt: say('Kod QR z adresem tej odpowiedzi', 'QR code with the address of this answer'),
  address: say('Adres', 'Address'),
  zones: say('Tereny i strefy', 'Areas and zones'),
  noZones: say(
    'Na działce nie ma danych o planie miejscowym ani strefie planu ogólnego.',
    'There are no data of a local plan or of a zone of the general plan on the parcel.',
  ),
  onParcel: say('Na działce', 'On the parcel'),
  provisions: say('Ustalenia', 'Provisions'),
  notSet: say('nie ustalono', 'not set'),
  acts: say('Akty planowania', 'Planning acts'),
  noData: say(
    'Nie wczytano: {layers}. O nich nic nie wiadomo.',
    'Not loaded: {layers}. Nothing is known of them.',
  ),
  legend: say('Legenda', 'Legend'),
} as const satisfies Record<string, Text>;

export const filled = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
