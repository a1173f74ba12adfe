/** What the result of `traffic-assignment` rests on and leaves out, in words. */
import type { Text } from '../../feature/layer.ts';

export const GAP_DEFINITION = '(Σ trips·cost − Σ trips·least cost) / Σ trips·least cost';

export const NOISE_METHOD: Text = {
  pl: 'Moc źródła i rozchodzenie się według CNOSSOS-EU (dyrektywa 2015/996 ze zmianą 2021/1226), 4 m nad ziemią, przy najgłośniejszej ścianie: rzeźba z modelu terenu, wskaźnik gruntu z pokrycia terenu (jezdnia i to, czego warstwa nie zna, twarde), ugięcie ponad dachami i wokół naroży (drogi dłuższe o więcej niż 5 m pominięto), jedno odbicie od ścian do 50 m od odbiorcy (pochłaniają 20 % – założenie), nad terenem bez rzeźby i tylko tam, gdzie nic nie stoi na drodze. Źródła dalej niż 300 m pominięto; nie policzono dalszych odbić, przez co w podwórzach bywa głośniej. Wieczór i noc z założonego rozkładu doby. Tylko drogi; nie zastępuje strategicznej mapy hałasu. Poziomy dopuszczalne: rozporządzenie w sprawie dopuszczalnych poziomów hałasu w środowisku (t.j. Dz.U. 2014 poz. 112), załącznik, tabela 3; poziom przyjęto dla każdego budynku według planu miejscowego, a bez planu według użytkowania (art. 114–115 POŚ). Ewidencja nie mówi, czy dom jest jednorodzinny: bez planu poziom między 64 a 68 dB jest nieoceniony. Strefy śródmiejskiej nie wyznaczono.',
  en: 'Power of the source and propagation by CNOSSOS-EU (Directive 2015/996 as amended by 2021/1226), 4 m above the ground, at the loudest façade: relief of the terrain model, ground factor by land cover (carriageways and what the layer does not know are hard), diffraction over roofs and around corners (ways longer by more than 5 m are left out), one reflection of façades within 50 m of the receiver (they swallow 20 %, an assumption), over ground without relief and only where nothing stands in the way. Sources beyond 300 m are left out; further reflections are not computed, so in courtyards it may be louder. Evening and night by an assumed course of the day. Roads only; no strategic noise map is replaced by it. Limits: the regulation on permissible noise levels (Dz.U. 2014 item 112), annex, table 3; for each building by the local plan, without one by its use (Environmental Protection Law, art. 114–115). The register does not say whether a house is of one family: without a plan a level between 64 and 68 dB is not assessed. No downtown zone is set.',
};

export const EXHAUST_METHOD: Text = {
  pl: 'Spaliny: tylko gorące (EMEP/EEA), dla założonej floty. Zimne rozruchy nie są modelowane, więc krótkie podróże dają w rzeczywistości więcej; nie ma tu też pyłu z opon i hamulców. Stężenia w powietrzu nie są modelowane.',
  en: 'Exhaust: hot only (EMEP/EEA), for an assumed fleet. Cold starts are not modelled, so short trips really give more; nor is dust of tyres and brakes. Concentrations in the air are not modelled.',
};

const GENERATED: Text = {
  pl: 'Podróże są wytworzone z mieszkańców (siatka 250 m), powierzchni budynków i miejsc w szkołach modelem grawitacyjnym; stawki i rozkład dnia są założeniem, nie badaniem ruchu.',
  en: 'Trips are generated from residents (250 m grid), floor area of buildings and school places by a gravity model; rates and the course of the day are assumed, not surveyed.',
};

/** Where the trips come from. @param stored words on their source; undefined when they are generated */
export const tripsAssumption = (stored: string | undefined): Text =>
  stored === undefined
    ? GENERATED
    : {
        pl: `Podróże pochodzą z macierzy miasta (${stored}); wariant dodaje do nich to, co model grawitacyjny wytwarza z jego budynków.`,
        en: `Trips come from matrices that the city keeps (${stored}); a scenario adds what a gravity model makes of its buildings.`,
      };

export const ASSUMPTIONS: readonly Text[] = [
  {
    pl: 'Przepustowość pasa, opóźnienie na skrzyżowaniu i krzywa czasu wynikają z klasy drogi (praktyka), nie z pomiaru; tam, gdzie zadano sygnalizację: 1800 P/h zielonego na pas i średnie oczekiwanie (Webster).',
    en: 'Capacity of a lane, delay at the junction and the curve of time follow from the class of the road (practice), not from measurement; where a signal is set: 1,800 pcu an hour of green for each lane and the mean wait (Webster).',
  },
  {
    pl: 'Strefa czystego transportu: kto musi do niej dojechać, a nie może, jedzie czystym pojazdem; opłata jest płacona za każdy wjazd i przeliczana na czas (50 zł za godzinę, jeśli nie podano inaczej).',
    en: 'Low-emission zone: who has to get into it and may not goes by a clean vehicle; a charge is paid for each entry and weighed as time (PLN 50 an hour unless said otherwise).',
  },
  {
    pl: 'Przez granicę miasta wjeżdżają pojazdy drogami głównymi, które się na niej kończą, po tyle samo na pas.',
    en: 'Vehicles come over the city’s edge on main roads that end there, the same number on each lane.',
  },
  {
    pl: 'Spaliny: gorące współczynniki EMEP/EEA dla założonej floty (benzyna 50 %, diesel 35 %, LPG 15 %); CO2 z energii paliwa (IPCC 2006); bez zimnych rozruchów i pyłu z opon.',
    en: 'Exhaust: hot factors of EMEP/EEA for an assumed fleet (petrol 50 %, diesel 35 %, LPG 15 %); CO2 from the energy of the fuel (IPCC 2006); without cold starts and dust of tyres.',
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
    pl: 'Kolejki, koordynacja sygnalizacji i manewry na skrzyżowaniu: do tego służy wywóz do mikrosymulacji.',
    en: 'Queues, coordination of signals and manoeuvres at junctions: for these there is an export to micro-simulation.',
  },
];
