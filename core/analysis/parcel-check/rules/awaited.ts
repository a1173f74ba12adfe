/**
 * Classes that the law knows and of which the city has no layer yet: each says so at every parcel, and nothing else, until
 * a layer of that name is loaded and its rule written.
 */
import type { Category } from '../../../wire/parcel-check.ts';
import type { Rule } from '../rule.ts';
import { notAssessedBecause } from '../rule.ts';

const awaited = (
  id: string,
  category: Category,
  pl: string,
  en: string,
  provision: string,
  layer: string,
): Rule => ({
  id,
  category,
  title: { pl, en },
  provisions: [provision],
  needs: [layer],
  find: () => [
    notAssessedBecause(
      'Reguła dla tych danych nie jest jeszcze napisana.',
      'The rule for these data is not written yet.',
    ),
  ],
});

export const AWAITED_RULES: readonly Rule[] = [
  awaited(
    'landscape-resolution',
    'planning',
    'Uchwała krajobrazowa',
    'Landscape resolution',
    'POZ-UK',
    'landscape_areas',
  ),
  awaited(
    'restricted-use-area',
    'noise',
    'Obszar ograniczonego użytkowania',
    'Restricted-use area (OOU)',
    'POS-135',
    'restricted_use_areas',
  ),
  awaited(
    'airport-surfaces',
    'noise',
    'Powierzchnie ograniczające lotniska',
    'Obstacle limitation surfaces',
    'LOT-87',
    'airport_surfaces',
  ),
  awaited(
    'electromagnetic-field',
    'noise',
    'Pole elektromagnetyczne',
    'Electromagnetic field',
    'PEM',
    'electromagnetic_fields',
  ),
  awaited('landslides', 'ground', 'Osuwiska', 'Landslides', 'POS-110a', 'landslides'),
  awaited('mining', 'ground', 'Tereny górnicze', 'Mining areas', 'PGG-104', 'mining_areas'),
  awaited('dike', 'water', 'Wał przeciwpowodziowy', 'Flood dike', 'PW-176-50', 'dikes'),
  awaited(
    'intake-zone',
    'water',
    'Strefa ochronna ujęcia',
    'Intake protection zone',
    'PW-120',
    'intake_zones',
  ),
  awaited('running-cases', 'cases', 'Sprawy i decyzje', 'Running cases and decisions', 'PB-20', 'cases'),
];
