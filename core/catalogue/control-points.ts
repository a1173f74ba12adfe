import type { LayerDeclaration } from '../feature/layer.ts';
import { CITY_GEODESY, OPEN_GEODETIC_LICENCE, registerProperties } from './common-terms.ts';
import { GROUPS } from './groups.ts';
import { codes, date, decimal, text } from './property.ts';

/** Punkty osnowy szczegółowej (BDSOG). Key: number of the point. Heights in `height_system`. */
export const CONTROL_POINTS: LayerDeclaration = {
  name: 'control_points',
  title: { pl: 'Punkty osnowy geodezyjnej', en: 'Geodetic control points' },
  description: {
    pl: 'Szczegółowa osnowa pozioma i wysokościowa (BDSOG): klasa, znak, wysokość i błędy położenia.',
    en: 'Detailed horizontal and vertical control (BDSOG): class, mark, height and position errors.',
  },
  group: GROUPS.geodesy,
  drawOrder: 670,
  initiallyVisible: false,
  table: 'control_point',
  geometryType: 'Point',
  dimension: 2,
  properties: [
    text('point_number', 'Numer punktu', 'Point number'),
    text('kind', 'Rodzaj osnowy', 'Kind', {
      codelist: codes(
        ['horizontal', 'pozioma', 'horizontal'],
        ['vertical', 'wysokościowa', 'vertical'],
        ['combined', 'dwufunkcyjna', 'combined'],
      ),
    }),
    text('class', 'Klasa osnowy', 'Class', {
      codelist: codes(
        ['1', '1 (podstawowa fundamentalna)', '1 (fundamental)'],
        ['2', '2 (podstawowa bazowa)', '2 (basic)'],
        ['3', '3 (szczegółowa)', '3 (detailed)'],
      ),
    }),
    decimal('height_m', 'Wysokość', 'Height', { unit: 'm', heightSystem: 'own' }),
    text('height_system', 'Układ wysokości', 'Height system', {
      codelist: codes(
        ['PL-EVRF2007-NH', 'PL-EVRF2007-NH', 'PL-EVRF2007-NH'],
        ['PL-KRON86-NH', 'PL-KRON86-NH', 'PL-KRON86-NH'],
      ),
    }),
    text('marker', 'Typ stabilizacji', 'Mark', {
      codelist: codes(
        ['structure', 'element budowli', 'part of a structure'],
        ['wall', 'znak ścienny', 'wall mark'],
        ['ground_single', 'znak gruntowy jednopoziomowy', 'ground mark, one level'],
        ['ground_double', 'znak gruntowy dwupoziomowy', 'ground mark, two levels'],
        ['underground', 'znak gruntowy podziemny', 'underground mark'],
        ['pillar', 'słup obserwacyjny', 'observation pillar'],
        ['block', 'blok betonowy', 'concrete block'],
        ['special', 'znak specjalny', 'special mark'],
      ),
    }),
    text('mark_state', 'Stan stabilizacji', 'State of the mark', {
      codelist: codes(
        ['existing', 'istniejący', 'existing'],
        ['damaged', 'uszkodzony', 'damaged'],
        ['destroyed', 'zniszczony', 'destroyed'],
      ),
    }),
    decimal('position_error_m', 'Błąd położenia', 'Position error', { unit: 'm' }),
    decimal('height_error_m', 'Błąd wysokości', 'Height error', { unit: 'm' }),
    date('surveyed_on', 'Data pomiaru', 'Surveyed on'),
    ...registerProperties,
  ],
  style: {
    fill: '#ffffff',
    stroke: '#7a1f1f',
    strokeWidthPx: 1.4,
    marker: { shape: 'triangle', sizePx: 11 },
    classes: {
      property: 'kind',
      entries: [
        { values: ['horizontal'], label: { pl: 'pozioma', en: 'horizontal' }, fill: '#ffffff' },
        {
          values: ['vertical'],
          label: { pl: 'wysokościowa', en: 'vertical' },
          fill: '#ffffff',
          marker: { shape: 'square', sizePx: 9 },
        },
        { values: ['combined'], label: { pl: 'dwufunkcyjna', en: 'combined' }, fill: '#e7c4c4' },
      ],
    },
    label: { property: 'point_number', maxScaleDenominator: 2_000, color: '#7a1f1f' },
  },
  maxScaleDenominator: 10_000,
  steward: CITY_GEODESY,
  licence: OPEN_GEODETIC_LICENCE,
  freshnessDays: 365,
};
