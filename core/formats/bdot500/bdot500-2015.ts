/**
 * Classes and codes of BDOT500 of 2015 (BDOT500.xsd 2.0 and its BDZ_BDOT500_Slowniki.xsd): each is a class and a kind of
 * 2021, written `class.kind`.
 */
import type { Words2015 } from '../register-gml/words-2015.ts';

interface TopographicClass2015 {
  /** The element with the kind; undefined where the class says all. */
  readonly local?: string;
  readonly words: Words2015;
}

/** Every object of the class is this. */
const only = (word: string): TopographicClass2015 => ({ words: { same: { '': word } } });
const each = (word: string, ...codes: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(codes.map((code) => [code, word]));

export const CLASSES_2015: Readonly<Record<string, TopographicClass2015>> = {
  BDZ_BudowlaHydrotechniczna: {
    local: 'rodzajBudHydro',
    words: {
      same: {
        ...each('water.weir', 'jazStaly', 'jazRuchomyLubZastawkaPietrzaca'),
        ...{ sluza: 'water.lock', zapora: 'water.dam', inna: 'water.other_water' },
      },
    },
  },
  BDZ_BudowlaInzynierska: {
    local: 'rodzajBudInz',
    words: {
      same: {
        ...{ estakada: 'transport.flyover', most: 'transport.bridge', wiadukt: 'transport.viaduct' },
        inna: 'transport.other_transport',
      },
      nearest: { kladka: 'transport.bridge' },
    },
  },
  BDZ_BudowlaSportowa: {
    local: 'rodzajBudSport',
    words: {
      same: {
        ...{ basen: 'sport.outdoor_pool', placGierZabaw: 'sport.playground' },
        ...{ placSportowy: 'sport.sports_ground', inna: 'sport.other_sport' },
      },
      nearest: {
        ...each('sport.sports_ground', 'bieznia', 'kortTenisowy'),
        ...each('sport.other_sport', 'skoczniaNarciarska', 'sztucznyStok', 'torSaneczkowy', 'torZuzlowy'),
      },
    },
  },
  BDZ_WysokaBudowlaTechniczna: {
    local: 'rodzajBudTechn',
    words: {
      same: {
        ...{ chlodniaKominowa: 'structure.cooling_tower', kominPrzemyslowy: 'structure.chimney' },
        ...{ wiezaCisnien: 'structure.water_tower', wiezaPrzeciwpozarowa: 'structure.fire_tower' },
        ...{ wiezaSzybuKopalnianego: 'structure.shaft_tower', wiezaWidokowa: 'structure.lookout_tower' },
        inna: 'structure.other_structure',
      },
    },
  },
  BDZ_ZbiornikTechniczny: {
    local: 'rodzajZbiornika',
    words: { same: each('structure.tank_or_silo', 'zbiornikNaCiecz', 'zbiornikNaMaterialySypkie', 'inny') },
  },
  BDZ_UmocnienieDrogoweKolejoweLubWodne: {
    local: 'rodzajUmocn',
    words: { same: { ostroga: 'water.groyne', scianaOporowa: 'structure.retaining_wall' } },
  },
  BDZ_BudowlaZiemna: {
    local: 'rodzajBudZiemn',
    words: {
      same: {
        ...{ skarpaNieumocniona: 'slope.plain_slope', skarpaUmocniona: 'slope.reinforced_slope' },
        ...{ grobla: 'water.dyke', walPrzeciwpowodziowy: 'water.flood_bank' },
        inna: 'structure.other_structure',
      },
      nearest: each('slope.plain_slope', 'nasyp', 'wykop'),
    },
  },
  BDZ_UrzadzenieTransportowe: {
    local: 'rodzajUrzTransp',
    words: {
      same: {
        ...{ kolejLinowa: 'transport.cable_car', wyciagNarciarski: 'sport.ski_lift' },
        inne: 'transport.other_transport',
      },
      nearest: {
        ...each('water.other_water', 'odbojLubDalba', 'poler'),
        ...each('transport.other_transport', 'suwnica', 'tasmociag'),
      },
    },
  },
  BDZ_InnaBudowla: {
    local: 'rodzajBudInn',
    words: {
      same: {
        ...{ murekOporowy: 'structure.retaining_wall', peron: 'transport.platform' },
        ...{ podpora: 'structure.support', przepust: 'transport.culvert', rampa: 'transport.ramp' },
        ...{ smietnik: 'structure.waste_shelter', wiataPrzystankowa: 'structure.shelter' },
        inna: 'structure.other_structure',
      },
      nearest: each('structure.other_structure', 'estrada', 'reklamaLubTablicaInformacyjna', 'trybuna'),
    },
  },
  BDZ_ObiektZwiazanyZKomunikacja: {
    local: 'rodzajObKomun',
    words: {
      same: {
        ...{ barieraDrogowaOchronna: 'transport.crash_barrier', ekranAkustyczny: 'transport.noise_screen' },
        ...{ brama: 'fence.gate', furtka: 'fence.wicket', ogrodzenieTrwale: 'fence.permanent_fence' },
        schodyWCiaguKomunikacyjnym: 'transport.outdoor_steps',
      },
    },
  },
  BDZ_Tor: {
    local: 'rodzajTor',
    words: { same: {}, nearest: each('transport.track', 'torKolejowy', 'torMetra', 'torTramwajowy') },
  },
  BDZ_Przeprawa: {
    local: 'rodzajPrzepr',
    words: {
      same: {},
      nearest: each('transport.other_transport', 'brod', 'przeprawaLodziami', 'przeprawaPromowa'),
    },
  },
  BDZ_Kraweznik: only('transport.kerb'),
  BDZ_Jezdnia: only('transport.carriageway'),
  BDZ_Plac: only('transport.paved_area'),
  BDZ_CiagRuchuPieszegoIRowerowego: {
    local: 'rodzajCiagu',
    words: {
      same: { chodnik: 'transport.pavement' },
      nearest: each('transport.pavement', 'alejka', 'pasaz', 'sciezka'),
    },
  },
  BDZ_Row: {
    local: 'rodzajRowu',
    words: {
      same: { rowMelioracyjny: 'water.drainage_ditch', rowPrzydrozny: 'transport.roadside_ditch' },
      nearest: { obszarObjetyDrenowaniem: 'ground.other_ground' },
    },
  },
  BDZ_TerenLesnyZadrzewionyLubZakrzewiony: {
    local: 'rodzajTerLesn',
    words: {
      same: each('ground.trees_and_shrubs', 'zadrzewienie', 'zakrzewienie'),
      nearest: each('ground.woodland', 'lasIglasty', 'lasLisciasty', 'lasMieszany'),
    },
  },
  BDZ_TerenUprawTrwalychITrawnik: {
    local: 'rodzajUpraw',
    words: {
      same: { trawnik: 'ground.lawn' },
      nearest: each('ground.other_ground', 'ogrodDzialkowy', 'uprawaSadownicza'),
    },
  },
  BDZ_WodaPowierzchniowa: {
    local: 'rodzajWodyPow',
    words: {
      same: { wodaPlynaca: 'water.flowing_water', wodaStojaca: 'water.standing_water' },
      nearest: each('water.other_water', 'wodaMorska', 'wodaWUrzadzeniuWodnym'),
    },
  },
  BDZ_Cmentarz: only('ground.cemetery'),
  BDZ_ObiektPrzyrodniczy: {
    local: 'rodzajObPrzyrodn',
    words: {
      same: {
        ...{ drzewoIglaste: 'ground.coniferous_tree', drzewoLisciaste: 'ground.broadleaved_tree' },
        inny: 'ground.other_ground',
      },
      nearest: each('water.other_water', 'wodospad', 'zrodlo'),
    },
  },
  BDZ_Mokradlo: {
    local: 'rodzajMokradla',
    words: { same: {}, nearest: each('ground.other_ground', 'bagno', 'terenPodmokly') },
  },
  BDZ_Szuwary: only('ground.other_ground'),
  BDZ_ObiektOZnaczeniuOrientacyjnymWTerenie: {
    local: 'rodzajObOrient',
    words: {
      same: {
        ...{ figuraKapliczkaKrzyzPrzydrozny: 'structure.figure_or_cross', fontanna: 'structure.fountain' },
        ...{ pomnik: 'structure.monument', pomostLubMolo: 'water.pier' },
        ...{ ruinaZabytkowa: 'structure.historic_ruin', inny: 'structure.other_structure' },
      },
      nearest: { murHistoryczny: 'structure.other_structure' },
    },
  },
};

export const HEIGHT_CLASS_2015 = 'BDZ_PunktOOkreslonejWysokosci';
export const HEIGHT_KIND_2015: Words2015 = {
  same: { punktWysokosciowyNaturalny: 'natural', punktWysokosciowySztuczny: 'artificial' },
};

/** BDZ_RodzNawType. */
export const SURFACE_2015: Words2015 = {
  same: {
    ...{ beton: 'concrete', gruntNaturalny: 'natural_ground', masaBitumiczna: 'bituminous' },
    ...{ plytyBetonowe: 'concrete_slabs', tluczen: 'gravel', zwir: 'gravel', inny: 'other' },
    ...each('paving_blocks', 'bruk', 'kostkaKamienna', 'kostkaPrefabrykowana'),
  },
  nearest: { klinkier: 'paving_blocks', stabilizowanaZwiremLubZuzlem: 'gravel' },
};

/** BDZ_PoziomType. */
export const LEVEL_2015: Words2015 = {
  same: {
    ...{ pierwszyPoziomPodPowierzchniaGruntu: '-1', naPowierzchniGruntu: '0' },
    ...{ pierwszyPoziomPonadPowierzchniaGruntu: '1', drugiPoziomPonadPowierzchniaGruntu: '2' },
    ...{ trzeciPoziomPonadPowierzchniaGruntu: '3', czwartyPoziomPonadPowierzchniaGruntu: '4' },
  },
  nearest: { drugiPoziomPodPowierzchniaGruntu: '-1' },
};
