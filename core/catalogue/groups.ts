import type { LayerGroup } from '../feature/layer.ts';

/** Headings of the layer list, from the top. */
export const GROUPS = {
  landRegister: group('land_register', 1, 'Ewidencja gruntów i budynków', 'Land and buildings register'),
  buildings3d: group('buildings_3d', 2, 'Budynki 3D', 'Buildings 3D'),
  planning: group('planning', 3, 'Planowanie', 'Planning'),
  networks: group('networks', 4, 'Uzbrojenie terenu', 'Utility networks'),
  greenery: group('greenery', 5, 'Zieleń', 'Greenery'),
  environment: group('environment', 6, 'Środowisko i ochrona', 'Environment and protection'),
  society: group('society', 7, 'Mieszkańcy i usługi', 'People and services'),
  mobility: group('mobility', 8, 'Transport', 'Mobility'),
  geodesy: group('geodesy', 9, 'Osnowa geodezyjna', 'Geodetic control'),
  topography: group('topography', 10, 'Mapa zasadnicza (BDOT500)', 'Topographic objects (BDOT500)'),
  topography10k: group(
    'topography_10k',
    11,
    'Obiekty topograficzne (BDOT10k)',
    'Topographic objects (BDOT10k)',
  ),
  baseMap: group('base_map', 12, 'Mapa podstawowa', 'Base map'),
} as const;

function group(name: string, order: number, pl: string, en: string): LayerGroup {
  return { name, order, title: { pl, en } };
}
