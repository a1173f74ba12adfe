import { REGISTERS } from '../../core/catalogue/catalogue.ts';
import type { Layer, LayerDeclaration } from '../../core/feature/layer.ts';
import { CITY } from './dataset.ts';
import type { LayersProvider } from './features.ts';
import type { Pool } from './pool.ts';
import { isPersonal } from './register-table.ts';
import { sql } from './sql.ts';

/** A load by another process shows after at most this long. */
const REMEMBER_MS = 2_000;

/** A register as it stands in a dataset: `parcels` in the city, `wloclawek.parcels` elsewhere. */
export function layerOf(declaration: LayerDeclaration, dataset: string, srid: number): Layer {
  const name = dataset === CITY ? declaration.name : `${dataset}.${declaration.name}`;
  return { ...declaration, name, dataset, srid };
}

/** All registers of the city, and those of other datasets that something was loaded into. */
export function layersOf(pool: Pool): LayersProvider {
  let remembered: { readonly until: number; readonly layers: Promise<readonly Layer[]> } | undefined;
  return () => {
    if (!remembered || remembered.until < Date.now()) {
      const layers = readLayers(pool);
      const current = { until: Date.now() + REMEMBER_MS, layers };
      remembered = current;
      layers.catch(() => {
        if (remembered === current) remembered = undefined;
      });
    }
    return remembered.layers;
  };
}

async function readLayers(pool: Pool): Promise<readonly Layer[]> {
  const datasets = await pool.read<{ name: string; srid: number; loaded: readonly string[] }>(
    sql`select name, srid, array(select layer from twin.layer_status where dataset = name) as loaded
      from twin.dataset order by name <> ${CITY}::text, name`,
  );
  return datasets.flatMap(({ name, srid, loaded }) =>
    REGISTERS.map((register) => layerOf(register, name, srid)).filter(
      (layer) => name === CITY || (!isPersonal(layer) && loaded.includes(layer.name)),
    ),
  );
}
