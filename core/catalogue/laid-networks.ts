/** What tiles of networks tell beside the register: where the height of a line or device comes from. */
import { codes, text } from './property.ts';

export const HEIGHT_SOURCE_PROPERTY = text('height_source', 'Pochodzenie wysokości', 'Source of the height', {
  codelist: codes(
    ['heights', 'rzędne z rejestru', 'heights of the register'],
    ['depth', 'głębokość z rejestru i model terenu', 'depth of the register and terrain model'],
    ['assumed', 'przyjęta: rejestr jej nie podaje', 'assumed: the register does not tell it'],
    ['unknown', 'nieznane, nie narysowano', 'unknown, not drawn'],
  ),
});

/** The sets of 3D Tiles that show networks, by their layers. */
export const LAID_NETWORKS = ['utility_lines', 'utility_devices'] as const;
