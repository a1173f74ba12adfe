/** Roads, rail, airports. */
import { type Provision, provision } from '../provision.ts';

export const ROADS_AND_RAIL: readonly Provision[] = [
  provision(
    'UDP-43',
    'UDP',
    'art. 43(1)',
    'Odległość od krawędzi jezdni zależy od kategorii drogi: w terenie zabudowy autostrada 30, ekspresowa 20, krajowa 10, wojewódzka i powiatowa 8, gminna 6 m; poza nim 50, 40, 25, 20 i 15 m. Mniejsza za zgodą zarządcy.',
    'The distance to the edge of the carriageway hangs on the category: in built-up areas motorway 30, expressway 20, national 10, voivodeship and county 8, municipal 6 m; outside 50, 40, 25, 20 and 15 m. Less needs consent of the manager.',
    {
      values: {
        motorwayM: 30,
        motorwayOutsideM: 50,
        expressM: 20,
        expressOutsideM: 40,
        leastM: 6,
        nationalM: 10,
        mostOutsideM: 25,
      },
    },
  ),
  provision(
    'UDP-29',
    'UDP',
    'art. 29',
    'Zjazd z drogi publicznej wymaga zezwolenia zarządcy.',
    'An exit onto a public road needs a permit of its manager.',
  ),
  provision(
    'UDP-40',
    'UDP',
    'art. 40',
    'Zajęcie pasa drogowego wymaga zezwolenia zarządcy.',
    'Occupying a road needs a permit of its manager.',
    { certainty: 'to-verify' },
  ),
  provision(
    'UTK-53-2',
    'UTK',
    'art. 53(2)',
    'Budynki stoją 10 m od granicy obszaru kolejowego i 20 m od osi skrajnego toru.',
    'Buildings keep 10 m from the boundary of the railway area and 20 m from the outermost track.',
    { values: { boundaryM: 10, axisM: 20 } },
  ),
  provision(
    'KOL-T',
    'UTK',
    'rozp. 7.08.2008, § 1',
    'Drzewa 15 m od osi skrajnego toru.',
    'Trees 15 m from the axis of the outermost track.',
    { to: '2018-12-31', certainty: 'to-verify', values: { distanceM: 15 } },
  ),
  provision(
    'KOL-T',
    'UTK',
    'rozp. 7.08.2008 (t.j. Dz.U. 2020 poz. 1247)',
    'Drzewa i krzewy 6 m od krawędzi nasypu, przekopu, rowu lub skrajnej szyny.',
    'Trees and shrubs 6 m from the edge of embankment, cutting or ditch, else from the outer rail.',
    { from: '2019-01-01', values: { distanceM: 6 } },
  ),
  provision(
    'KOL-Z',
    'UTK',
    'rozp. 7.08.2008',
    'Wykopów bliżej niż 4 m od granicy obszaru kolejowego nie robi się; od 4 do 20 m uzgadnia się je z zarządcą.',
    'No earthworks within 4 m of the railway area; from 4 to 20 m they are agreed with the manager.',
    { values: { bannedM: 4, agreedM: 20 } },
  ),
  provision(
    'LOT-87',
    'LOT',
    'art. 87',
    'Obiekt nie może przebić powierzchni ograniczającej przeszkody lotniska.',
    'An object may not pierce the obstacle limitation surfaces of an aerodrome.',
  ),
];
