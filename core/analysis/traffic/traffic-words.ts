/** What the result of `traffic-assignment` rests on and leaves out, in words. */
import type { Text } from '../../feature/layer.ts';

export const GAP_DEFINITION = '(Σ trips·cost − Σ trips·least cost) / Σ trips·least cost';

export const ASSUMPTIONS: readonly Text[] = [
  {
    pl: 'Podróże są wytworzone z mieszkańców (siatka 250 m), powierzchni budynków i miejsc w szkołach modelem grawitacyjnym; stawki i rozkład dnia są założeniem, nie badaniem ruchu.',
    en: 'Trips are generated from residents (250 m grid), floor area of buildings and school places by a gravity model; rates and the course of the day are assumed, not surveyed.',
  },
  {
    pl: 'Przepustowość pasa, opóźnienie na skrzyżowaniu i krzywa czasu wynikają z klasy drogi (praktyka), nie z pomiaru i nie z programów sygnalizacji.',
    en: 'Capacity of a lane, delay at the junction and the curve of time follow from the class of the road (practice), not from measurement nor from signal plans.',
  },
  {
    pl: 'Przez granicę miasta wjeżdżają pojazdy drogami głównymi, które się na niej kończą, po tyle samo na pas.',
    en: 'Vehicles come over the city’s edge on main roads that end there, the same number on each lane.',
  },
  {
    pl: 'Równowaga jest statyczna: jedna godzina, bez kolejek, które przechodzą na następną. Ciężarowy liczy się jak 2 osobowe.',
    en: 'The equilibrium is static: one hour, no queues that pass into the next. A lorry counts as 2 cars.',
  },
];

export const NOT_MODELLED: readonly Text[] = [
  {
    pl: 'Stężenia zanieczyszczeń powietrza i temperatura nie są modelowane.',
    en: 'Concentrations in the air and temperature are not modelled.',
  },
  {
    pl: 'Transport zbiorowy, rowery i piesi nie są modelowani; nikt nie zmienia środka podróży.',
    en: 'Public transport, bicycles and people on foot are not modelled; nobody changes the mode.',
  },
  {
    pl: 'Kolejki, sygnalizacja i manewry na skrzyżowaniu: do tego służy wywóz do mikrosymulacji.',
    en: 'Queues, signals and manoeuvres at junctions: for these there is an export to micro-simulation.',
  },
];
