import type { LayerDeclaration } from '../feature/layer.ts';
import { BUILDINGS } from './buildings.ts';
import { BUILDINGS_3D } from './buildings-3d.ts';
import { PARCELS } from './parcels.ts';

/** Every typed register of the twin, in the order in which people look for them. */
export const REGISTERS: readonly LayerDeclaration[] = [PARCELS, BUILDINGS, BUILDINGS_3D];
