/** Noise limits, restricted areas, cemeteries, mining and landslides. */
import { type Provision, provision } from '../provision.ts';

const SINCE = '2012-10-23';
const EVE = '2012-10-22';

/** Long-term limits of roads and rails (table 3), LDWN and LN in dB. */
const limits = (
  id: string,
  pl: string,
  en: string,
  now: readonly [ldwn: number, ln: number],
  before: readonly [ldwn: number, ln: number],
): readonly Provision[] => [
  provision(id, 'HALAS', 'zał., tabela 3', pl, en, {
    to: EVE,
    certainty: 'to-verify',
    values: { ldwnDb: before[0], lnDb: before[1] },
  }),
  provision(id, 'HALAS', 'zał., tabela 3', pl, en, {
    from: SINCE,
    certainty: 'to-verify',
    values: { ldwnDb: now[0], lnDb: now[1] },
  }),
];

export const NOISE_AND_HEALTH: readonly Provision[] = [
  ...limits(
    'HAL-2',
    'Zabudowa jednorodzinna, budynki dzieci i młodzieży, szpitale w miastach.',
    'Single-family housing, buildings for children and youth, hospitals in towns.',
    [64, 59],
    [55, 50],
  ),
  ...limits(
    'HAL-3',
    'Zabudowa wielorodzinna, zagrodowa, mieszkaniowo-usługowa, rekreacja.',
    'Multi-family, farmstead and mixed housing, recreation.',
    [68, 59],
    [60, 50],
  ),
  ...limits(
    'HAL-4',
    'Strefa śródmiejska miast powyżej 100 tys. mieszkańców.',
    'Downtown of cities above 100,000.',
    [70, 65],
    [65, 55],
  ),
  provision(
    'POS-114',
    'POS',
    'art. 114–115',
    'Klasę akustyczną daje plan miejscowy, a bez planu faktyczne użytkowanie.',
    'The local plan gives the class of noise; without one the actual use does.',
    { certainty: 'to-verify' },
  ),
  provision(
    'POS-135',
    'POS',
    'art. 135',
    'Obszar ograniczonego użytkowania tworzy się uchwałą, gdy norm nie da się dotrzymać.',
    'A restricted-use area is founded by resolution where limits cannot be met.',
    { strength: 'local-law', certainty: 'to-verify' },
  ),
  provision(
    'CM-3',
    'CM',
    '§ 3',
    'Od cmentarza do domów 150 m, a 50 m tam, gdzie budynki mają wodociąg.',
    'From a cemetery to dwellings 150 m, 50 m where buildings have mains water.',
    { certainty: 'to-verify', values: { distanceM: 150, mainsM: 50 } },
  ),
  provision(
    'POS-110a',
    'POS',
    'art. 110a',
    'Osuwiska i tereny zagrożone ruchami masowymi prowadzi się w rejestrze.',
    'Landslides and ground in danger of them are kept in a register.',
    { certainty: 'to-verify' },
  ),
  provision(
    'PGG-104',
    'PGG',
    'art. 104',
    'Tereny i obszary górnicze uwzględnia się w planach.',
    'Mining areas are heeded in plans.',
    { certainty: 'to-verify' },
  ),
];
