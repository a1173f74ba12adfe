/** For whom data are ordered: what they may take, and how much at once. */
import type { Text } from '../feature/layer.ts';
import type { OrderFormat, OrderProfile } from '../wire/order.ts';

export interface OrderProfileFacts {
  readonly title: Text;
  /** Of all layers of one order. */
  readonly mostObjects: number;
  /** Whether the number of a case is given. */
  readonly needsCase: boolean;
  /** Layers that they may take; undefined = all that may be seen. */
  readonly layers?: readonly string[];
  /** Whether they are told the critical detail of networks. */
  readonly seesNetworkDetail?: true;
  /** Formats that they may not take. */
  readonly withoutFormats?: readonly OrderFormat[];
  /** Under which conditions, in the readme and in every file. */
  readonly terms: Text;
  /** Printed across maps on paper, with the number of the case; undefined = nothing is. */
  readonly watermark?: Text;
}

const GROUND = [
  'parcels',
  'buildings',
  'addresses',
  'boundary_points',
  'parcel_land_uses',
  'precincts',
  'cadastral_units',
];
const NETWORKS = ['utility_lines', 'utility_devices', 'utility_elevations'];

export const ORDER_PROFILES: Readonly<Record<OrderProfile, OrderProfileFacts>> = {
  public: {
    title: { pl: 'każdy', en: 'anybody' },
    mostObjects: 2_000_000,
    needsCase: false,
    terms: {
      pl: 'Dane otwarte, jak w licencjach warstw.',
      en: 'Open data, as the licences of the layers say.',
    },
  },
  surveyor: {
    title: { pl: 'geodeta', en: 'surveyor' },
    mostObjects: 500_000,
    needsCase: true,
    seesNetworkDetail: true,
    terms: {
      pl: 'Materiały zasobu do zgłoszonej pracy geodezyjnej (art. 12 Prawa geodezyjnego i kartograficznego).',
      en: 'Material of the resource for a reported survey (art. 12 of the Geodetic and Cartographic Law).',
    },
    watermark: { pl: 'Do pracy geodezyjnej', en: 'For a survey' },
  },
  designer: {
    title: { pl: 'projektant', en: 'designer' },
    mostObjects: 200_000,
    needsCase: true,
    seesNetworkDetail: true,
    terms: { pl: 'Do celów projektowych wskazanej sprawy.', en: 'For the design of the case named.' },
    watermark: { pl: 'Do projektu', en: 'For a design' },
  },
  network: {
    title: { pl: 'branża sieciowa', en: 'network trade' },
    mostObjects: 500_000,
    needsCase: true,
    seesNetworkDetail: true,
    layers: [
      ...GROUND,
      ...NETWORKS,
      'control_points',
      'roads',
      'footways',
      'trees',
      'obstructions',
      'obstruction_detours',
    ],
    terms: { pl: 'Do prowadzenia i uzgadniania sieci.', en: 'To run and to co-ordinate networks.' },
    watermark: { pl: 'Do uzgadniania sieci', en: 'To co-ordinate networks' },
  },
  bailiff: {
    title: { pl: 'komornik', en: 'bailiff' },
    mostObjects: 5_000,
    needsCase: true,
    layers: GROUND,
    withoutFormats: ['dxf', 'txt'],
    terms: { pl: 'Do wskazanego postępowania egzekucyjnego.', en: 'For the enforcement proceedings named.' },
    watermark: { pl: 'Do postępowania egzekucyjnego', en: 'For enforcement proceedings' },
  },
  valuer: {
    title: { pl: 'rzeczoznawca majątkowy', en: 'valuer' },
    mostObjects: 50_000,
    needsCase: true,
    terms: { pl: 'Do wskazanej wyceny nieruchomości.', en: 'For the valuation named.' },
    watermark: { pl: 'Do wyceny', en: 'For a valuation' },
  },
  office: {
    title: { pl: 'urząd', en: 'the office' },
    mostObjects: 2_000_000,
    needsCase: false,
    terms: {
      pl: 'Do użytku urzędu: zawiera dane, których nie udostępnia się bez uprawnienia.',
      en: 'For use by the office: it holds data that are not handed out without a right to them.',
    },
    watermark: { pl: 'Do użytku urzędu', en: 'For use by the office' },
  },
};
