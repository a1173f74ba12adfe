import { notFound } from '../../core/errors.ts';
import { MAPPABLE_LAYERS, mappableLayer } from '../../core/formats/mapped/mapping.ts';
import { proposeLayers, proposeMapping } from '../../core/formats/mapped/propose.ts';
import type { MappingProposal, TableSketch } from '../../core/wire/table-sketch.ts';

/**
 * A mapping for one table of a file: of the layer that is wished, else of the one that the table is most likely of.
 * @throws TwinError not-found for a table that the file does not hold, invalid-parameter for a layer that no table brings
 */
export function proposalOf(
  tables: readonly TableSketch[],
  fileName: string,
  wish: { readonly layer: string | undefined; readonly source: string | undefined },
): MappingProposal {
  const table = tables.find(({ source }) => wish.source === undefined || source === wish.source);
  if (!table) throw notFound(`The file holds no layer "${wish.source?.slice(0, 100)}"`, 'source');
  const layers = proposeLayers(MAPPABLE_LAYERS, table, `${fileName} ${table.source ?? ''}`);
  const name = wish.layer ?? layers[0]?.layer;
  const proposed = name === undefined ? undefined : proposeMapping(mappableLayer(name), table);
  return {
    sources: tables.flatMap(({ source }) => source ?? []),
    table,
    layers: [...layers],
    mapping: proposed?.mapping ?? null,
    remarks: [...(proposed?.remarks ?? [])],
  };
}
