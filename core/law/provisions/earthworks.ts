/** Earthworks beside networks: the regulation on safety at work on building sites, Dz.U. 2003 nr 47 poz. 401. */
import { type Provision, provision } from '../provision.ts';

const overhead = (id: string, pl: string, en: string, distanceM: number): Provision =>
  provision(
    id,
    'BHP-RB',
    '§ 55(1)',
    `Stanowiska pracy, składowiska i maszyny budowy co najmniej ${distanceM} m w poziomie od skrajnego przewodu linii ${pl}.`,
    `Work places, stores and machines of a site at least ${distanceM} m, level, from the outer wire of a line ${en}.`,
    { certainty: 'to-verify', values: { distanceM } },
  );

export const EARTHWORKS: readonly Provision[] = [
  overhead('BHP-55-nn', 'do 1 kV', 'up to 1 kV', 3),
  overhead('BHP-55-SN', 'ponad 15 do 30 kV (5 m do 15 kV)', 'above 15 to 30 kV (5 m up to 15 kV)', 10),
  overhead('BHP-55-WN', 'ponad 30 do 110 kV', 'above 30 to 110 kV', 15),
  overhead('BHP-55-NN', 'ponad 110 kV', 'above 110 kV', 30),
  provision(
    'BHP-144',
    'BHP-RB',
    '§ 144',
    'Przed robotami ziemnymi obok sieci kierownik budowy ustala z jej operatorem bezpieczną odległość i sposób robót; przepis nie podaje liczby.',
    'Before earthworks beside a network the site manager settles with its operator the safe distance and the way of working; the regulation gives no number.',
    { certainty: 'to-verify' },
  ),
];
