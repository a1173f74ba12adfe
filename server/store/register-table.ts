import type { LayerDeclaration } from '../../core/feature/layer.ts';
import { name, type Sql } from './sql.ts';

/** Schema of the registers of staff; the database role of public requests has no right in it. */
export const PERSONAL = 'personal';

/** Personal registers lie in a schema of their own, which only the city has. */
export const isPersonal = ({ audience }: Pick<LayerDeclaration, 'audience'>): boolean => audience === 'staff';

type Place = Pick<LayerDeclaration, 'table' | 'audience'> & { readonly dataset: string };

/** The table of a layer, for access that does not depend on `search_path`. */
export const tableOf = (layer: Place): Sql => name(isPersonal(layer) ? PERSONAL : layer.dataset, layer.table);

/** Where scenarios keep the rows in which they differ from the city. */
export const SCENARIO_SCHEMA = 'scenario';

/** The sister table of a layer of the city. */
export const sisterOf = ({ table }: Pick<LayerDeclaration, 'table'>): Sql => name(SCENARIO_SCHEMA, table);
