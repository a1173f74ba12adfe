/** Acts that provisions stand in, by the short names of which the law is cited. */
import type { Text } from '../feature/layer.ts';

export interface Act {
  /** Short name: `WT`, `UDP`, `GAZ`. */
  readonly id: string;
  readonly title: Text;
  /** Where the text that was used is published; what is not an act in a journal says what it is. */
  readonly journal: string;
}

const act = (id: string, pl: string, en: string, journal: string): Act => ({
  id,
  title: { pl, en },
  journal,
});

export const ACTS: readonly Act[] = [
  act(
    'WT',
    'Rozporządzenie w sprawie warunków technicznych, jakim powinny odpowiadać budynki i ich usytuowanie',
    'Regulation on technical conditions of buildings and their siting',
    't.j. Dz.U. 2022 poz. 1225, zm. Dz.U. 2023 poz. 2442, Dz.U. 2024 poz. 726',
  ),
  act('UDP', 'Ustawa o drogach publicznych', 'Public Roads Act', 't.j. Dz.U. 2024 poz. 320'),
  act('UTK', 'Ustawa o transporcie kolejowym', 'Rail Transport Act', 'Dz.U. 2003 nr 86 poz. 789'),
  act(
    'GAZ',
    'Rozporządzenie w sprawie warunków technicznych, jakim powinny odpowiadać sieci gazowe i ich usytuowanie',
    'Regulation on technical conditions of gas networks and their siting',
    'Dz.U. 2013 poz. 640',
  ),
  act('PW', 'Prawo wodne', 'Water Law', 't.j. Dz.U. 2024 poz. 1087'),
  act('UOP', 'Ustawa o ochronie przyrody', 'Nature Conservation Act', 't.j. Dz.U. 2024 poz. 1478'),
  act(
    'UOZ',
    'Ustawa o ochronie zabytków i opiece nad zabytkami',
    'Monuments Protection Act',
    't.j. Dz.U. 2024 poz. 1292',
  ),
  act('PB', 'Prawo budowlane', 'Construction Law', 'Dz.U. 1994 nr 89 poz. 414'),
  act('POS', 'Prawo ochrony środowiska', 'Environmental Protection Law', 't.j. Dz.U. 2025 poz. 647'),
  act(
    'HALAS',
    'Rozporządzenie w sprawie dopuszczalnych poziomów hałasu w środowisku',
    'Regulation on permissible noise levels',
    't.j. Dz.U. 2014 poz. 112',
  ),
  act(
    'UPZP',
    'Ustawa o planowaniu i zagospodarowaniu przestrzennym',
    'Spatial Planning and Development Act',
    't.j. Dz.U. 2024 poz. 1130',
  ),
  act(
    'POG',
    'Rozporządzenie w sprawie projektu planu ogólnego gminy',
    'Regulation on drafts of general plans',
    'Dz.U. 2023 poz. 2758, zm. Dz.U. 2024 poz. 1775',
  ),
  act(
    'MPZP',
    'Rozporządzenie w sprawie wymaganego zakresu projektu miejscowego planu zagospodarowania przestrzennego',
    'Regulation on the scope of local plans',
    'Dz.U. 2021 poz. 2404',
  ),
  act(
    'GRUNTY',
    'Ustawa o ochronie gruntów rolnych i leśnych',
    'Farmland and Forest Land Protection Act',
    't.j. Dz.U. 2024 poz. 82',
  ),
  act(
    'EGIB',
    'Rozporządzenie w sprawie ewidencji gruntów i budynków',
    'Regulation on the land and buildings register',
    'Dz.U. 2021 poz. 1390',
  ),
  act(
    'POM',
    'Rozporządzenie w sprawie standardów technicznych geodezyjnych pomiarów',
    'Regulation on standards of surveying',
    'Dz.U. 2020 poz. 1429',
  ),
  act('LOT', 'Prawo lotnicze', 'Aviation Law', 't.j. Dz.U. 2023 poz. 2110'),
  act(
    'CM',
    'Rozporządzenie w sprawie określenia, jakie tereny pod względem sanitarnym są odpowiednie na cmentarze',
    'Regulation on sanitary requirements for cemeteries',
    'Dz.U. 1959 nr 52 poz. 315',
  ),
  act(
    'PEM',
    'Rozporządzenie w sprawie dopuszczalnych poziomów pól elektromagnetycznych w środowisku',
    'Regulation on permissible electromagnetic fields',
    'Dz.U. 2019 poz. 2448',
  ),
  act('PGG', 'Prawo geologiczne i górnicze', 'Geological and Mining Law', 'Dz.U. 2011 nr 163 poz. 981'),
  act(
    'PGIK',
    'Prawo geodezyjne i kartograficzne',
    'Geodetic and Cartographic Law',
    'Dz.U. 1989 nr 30 poz. 163',
  ),
  act('KC', 'Kodeks cywilny', 'Civil Code', 'Dz.U. 1964 nr 16 poz. 93'),
  act(
    'POZ',
    'Prawo miejscowe Poznania i województwa',
    'Local law of Poznań and its voivodeship',
    'Dz.Urz. Woj. Wielkopolskiego',
  ),
  act(
    'EL',
    'Praktyka operatorów sieci elektroenergetycznych (PN-EN 50341, N SEP-E-003)',
    'Practice of power operators (PN-EN 50341, N SEP-E-003)',
    'nie jest aktem prawnym',
  ),
  act(
    'WK',
    'Wytyczne operatorów sieci wodociągowych i kanalizacyjnych',
    'Guidelines of water and sewer operators',
    'nie jest aktem prawnym',
  ),
  act(
    'CO',
    'Wytyczne operatorów sieci ciepłowniczych (COBRTI Instal, zeszyt 4)',
    'Guidelines of heat operators (COBRTI Instal, part 4)',
    'nie jest aktem prawnym',
  ),
  act(
    'TEL',
    'Uzgodnienia z operatorami telekomunikacyjnymi',
    'Agreements with telecom operators',
    'nie jest aktem prawnym',
  ),
  act(
    'BHP-RB',
    'Rozporządzenie w sprawie bezpieczeństwa i higieny pracy podczas wykonywania robót budowlanych',
    'Regulation on safety at work on building sites',
    'Dz.U. 2003 nr 47 poz. 401',
  ),
];
