/** The land and buildings register and its accuracy. */
import { type Provision, provision } from '../provision.ts';

export const REGISTER: readonly Provision[] = [
  provision(
    'EG-16',
    'EGIB',
    '§ 16(2)–(3)',
    'Pole działki liczy się ze współrzędnych, w hektarach do 0,0001.',
    'The area of a parcel is computed from coordinates, in hectares to 0.0001.',
    { from: '2021-07-31' },
  ),
  provision(
    'EG-16',
    'EGIB',
    '§ 62 rozporządzenia z 29.03.2001',
    'Pole działki podaje się w hektarach do 0,0001 albo 0,01.',
    'The area of a parcel is given in hectares to 0.0001 or 0.01.',
    { to: '2021-07-30', certainty: 'to-verify' },
  ),
  provision(
    'EG-GR',
    'EGIB',
    '§ 13, zał. 4',
    'Działki dzieli się na grupy rejestrowe według tego, kto nimi włada.',
    'Parcels fall into register groups by who holds them.',
    { certainty: 'to-verify' },
  ),
  provision(
    'PM-16',
    'POM',
    '§ 16',
    'Punkty graniczne i budynki mierzy się z dokładnością 0,10 m, sieci i drzewa 0,30 m.',
    'Boundary points and buildings are surveyed to 0.10 m, networks and trees to 0.30 m.',
    { from: '2020-08-22', values: { groupIM: 0.1, groupIiM: 0.3, groupIiiM: 0.5 } },
  ),
  provision(
    'PM-16',
    'POM',
    'poprzednie rozporządzenie (Dz.U. 2011 nr 263 poz. 1572)',
    'Punkty graniczne i budynki mierzono z dokładnością 0,10 m, sieci i drzewa 0,30 m.',
    'Boundary points and buildings were surveyed to 0.10 m, networks and trees to 0.30 m.',
    { to: '2020-08-21', certainty: 'to-verify', values: { groupIM: 0.1, groupIiM: 0.3, groupIiiM: 0.5 } },
  ),
  provision(
    'KC-151',
    'KC',
    'art. 151',
    'Kto przy budowie przekroczył granicę, może być wezwany do przywrócenia stanu albo odszkodowania.',
    'Who has built across a boundary may be asked to restore it or to pay.',
    { certainty: 'to-verify' },
  ),
  provision(
    'PGIK-28b',
    'PGIK',
    'art. 28b',
    'Usytuowanie projektowanych sieci uzgadnia się na naradzie koordynacyjnej; sieci niezidentyfikowane trzeba rozpoznać.',
    'The place of planned networks is settled at a co-ordination meeting; unidentified lines must be looked into.',
    { certainty: 'to-verify' },
  ),
  provision(
    'PB-20',
    'PB',
    'art. 3 pkt 20, art. 28',
    'Stronami są właściciele w obszarze oddziaływania; toczące się sprawy i decyzje wiążą dalsze.',
    'Owners within the reach of a project are parties; running cases and decisions bind later ones.',
    { certainty: 'to-verify' },
  ),
];
