/** Classes and codes of GESUT of 2015 (GESUT.xsd 2.0 and its GES_GESUT_Slowniki.xsd) for the words of the twin. */
import type { Words2015 } from '../register-gml/words-2015.ts';

interface LineClass2015 {
  readonly network: string;
  /** The element with the type of line, and its words. */
  readonly type?: readonly [local: string, words: Words2015];
  /** The type of every line of the class. */
  readonly is?: string;
}

export const LINE_CLASSES_2015: Readonly<Record<string, LineClass2015>> = {
  GES_PrzewodWodociagowy: {
    network: 'water',
    type: ['typWodoc', { same: { ogolny: 'water_general', lokalny: 'water_local' } }],
  },
  GES_PrzewodKanalizacyjny: {
    network: 'sewer',
    type: [
      'typKanal',
      {
        same: {
          ...{ deszczowy: 'sewer_storm', lokalny: 'sewer_local', ogolnosplawny: 'sewer_combined' },
          ...{ przemyslowy: 'sewer_industrial', sanitarny: 'sewer_sanitary' },
        },
      },
    ],
  },
  GES_PrzewodElektroenergetyczny: {
    network: 'power',
    type: [
      'typElektr',
      {
        same: {
          ...{ najwyzszegoNapiecia: 'power_extra_high', wysokiegoNapiecia: 'power_high' },
          ...{ sredniegoNapiecia: 'power_medium', niskiegoNapiecia: 'power_low' },
        },
      },
    ],
  },
  GES_PrzewodGazowy: {
    network: 'gas',
    type: [
      'typGaz',
      {
        same: {
          ...{ wysokiegoCisnienia: 'gas_high', podwyzszonegoSredniegoCisnienia: 'gas_raised_medium' },
          ...{ sredniegoCisnienia: 'gas_medium', niskiegoCisnienia: 'gas_low' },
        },
      },
    ],
  },
  GES_PrzewodCieplowniczy: {
    network: 'heat',
    type: ['typCiep', { same: { wysokiParametr: 'heat_high', niskiParametr: 'heat_low' } }],
  },
  GES_PrzewodTelekomunikacyjny: {
    network: 'telecom',
    type: [
      'rodzajPrzewodu',
      {
        same: {
          swiatlowod: 'telecom_fibre',
          rurowy: 'telecom_other',
          kabel: 'telecom_other',
          inny: 'telecom_other',
        },
      },
    ],
  },
  GES_PrzewodBenzynowy: { network: 'special', is: 'special_petrol' },
  GES_PrzewodNaftowy: { network: 'special', is: 'special_oil' },
  GES_PrzewodInny: { network: 'special', is: 'special_other' },
  GES_PrzewodNiezidentyfikowany: { network: 'unidentified' },
};

/** GES_RodzSieciType. */
export const NETWORK_2015: Words2015 = {
  same: {
    ...{ wodociagowy: 'water', kanalizacyjny: 'sewer', elektroenergetyczny: 'power', gazowy: 'gas' },
    ...{ cieplowniczy: 'heat', telekomunikacyjny: 'telecom', benzynowy: 'special', naftowy: 'special' },
    ...{ inny: 'special', niezidentyfikowany: 'unidentified' },
  },
};

export const STATE_2015: Words2015 = {
  same: { istniejacy: 'existing', projektowany: 'designed' },
  nearest: { wBudowie: 'designed' },
};
export const OPERATION_2015: Words2015 = { same: { czynny: 'active', nieczynny: 'inactive' } };
export const ROLE_2015: Words2015 = {
  same: { rozdzielczy: 'main', przylacze: 'connection' },
  nearest: { przesylowy: 'main', inny: 'main' },
};
export const COURSE_2015: Words2015 = {
  same: { nadziemny: 'overhead', naziemny: 'surface', podziemny: 'underground' },
};
export const FLOW_2015: Words2015 = {
  same: { true: 'pressure', '1': 'pressure', false: 'gravity', '0': 'gravity' },
};

interface DeviceClass2015 {
  /** The element with the kind. */
  readonly local: string;
  readonly words: Words2015;
}

export const DEVICE_CLASSES_2015: Readonly<Record<string, DeviceClass2015>> = {
  GES_UrzadzenieTechniczneZwiazaneZSiecia: {
    local: 'rodzajUrzadz',
    words: {
      same: {
        ...{ hydrant: 'hydrant', hydrofornia: 'hydrophore', kratkaSciekowa: 'gully' },
        ...{ odwodnienieLiniowe: 'linear_drain', osadnikKanalizacjiLokalnej: 'septic_tank' },
        ...{ przepompownia: 'pumping_station', slupekTelekomunikacyjny: 'telecom_post' },
        ...{ stacjaGazowa: 'gas_station', stacjaTransformatorowa: 'transformer', studnia: 'well' },
        ...{ studniaGlebinowa: 'deep_well', studzienka: 'manhole', wlaz: 'hatch', wylotKanalu: 'outlet' },
        ...{ szafaTelekomunikacyjna: 'telecom_cabinet', szafaElektroenergetyczna: 'power_cabinet' },
        ...{ szafaGazowa: 'gas_cabinet', zasuwaLubZawor: 'valve', zdrojUliczny: 'street_tap' },
        inne: 'technical_device',
      },
      nearest: {
        ...{ slupowaStacjaTransformatorowa: 'transformer', zlaczeKablowe: 'power_cabinet' },
        ...{ dystrybutorPaliw: 'technical_device', kontenerTelekomunikacyjny: 'technical_device' },
        ...{ sygnalizatorSwietlny: 'technical_device', trojnik: 'technical_device' },
        ...{ wywietrznik: 'technical_device', zbiornik: 'technical_device' },
        niezidentyfikowane: 'technical_device',
      },
    },
  },
  GES_SlupIMaszt: {
    local: 'rodzajSlup',
    words: {
      same: {
        ...{ latarnia: 'street_lamp', masztOswietleniowy: 'lighting_mast', slup: 'pole' },
        ...{ turbinaWiatrowa: 'wind_turbine', wiezaTelekomunikacyjna: 'telecom_tower' },
        ...{ slupTrakcjiKolejowej: 'traction_pole', slupTrakcjiTramwajowej: 'traction_pole' },
        slupTrakcjiTrolejbusowej: 'traction_pole',
      },
      nearest: {
        ...{
          masztTelekomunikacyjny: 'telecom_tower',
          slupLaczony: 'pole',
          slupKratowy: 'pole',
          inny: 'pole',
        },
      },
    },
  },
};

export const ELEVATION_CLASS_2015 = 'GES_PunktOOkreslonejWysokosci';
