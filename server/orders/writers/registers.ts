/** Registers of the state as exchange GML of 2021, a file for each with its report. */
import type { FeatureSource } from '../../../core/feature/source.ts';
import { RegisterTally } from '../../../core/formats/register-gml/register-tally.ts';
import { STATE_REGISTERS } from '../../../core/formats/register-gml/registers.ts';
import { writeRegister } from '../../../core/formats/register-gml/write-register.ts';
import { cutRelation } from '../../store/cut-relation.ts';
import { postgisSource } from '../../store/features.ts';
import { relationFor } from '../../store/relation.ts';
import { sql } from '../../store/sql.ts';
import { type OrderWriter, orderFileName, type WrittenOrder } from './order-writer.ts';

/** Objects of a register are never cut: half a parcel is none. What they refer to may lie outside the area. */
export const writeRegisterFiles: OrderWriter = async function* (layers, order) {
  const { settled } = order;
  const { srid } = settled.order;
  const { whole, inArea } = sourcesOf(order);
  const known = new Set((await whole.layers()).map(({ name }) => name));
  for (const register of STATE_REGISTERS) {
    const names = register.classes.map(({ layer }) => layer);
    const taken = new Set(layers.map(({ layer }) => layer.name).filter((name) => names.includes(name)));
    if (taken.size === 0) continue;
    const tally = new RegisterTally();
    const bytes = writeRegister(register, {
      ...{ srid, known, tally },
      note: order.note(
        layers.flatMap(({ layer }) => (taken.has(layer.name) ? [layer] : [])),
        srid,
      ),
      features: (layer) => (taken.has(layer) ? inArea.query({ layer, srid }, settled.signal) : undefined),
      find: (query) => whole.query({ ...query, srid }, settled.signal),
    });
    yield { name: orderFileName('gml2021', register.name, 'gml', settled.order), srid, bytes };
    yield { name: `gml2021/${register.name}_report.json`, bytes: reportOf(tally) };
  }
};

function sourcesOf({
  place,
  settled: { view, area },
}: WrittenOrder): Record<'whole' | 'inArea', FeatureSource> {
  const pool = place.poolOf(view);
  const { shape } = area;
  return {
    whole: postgisSource(pool, place.layers, (layer) => relationFor(layer, view)),
    inArea: postgisSource(pool, place.layers, (layer) => {
      const relation = relationFor(layer, view);
      return relation && shape ? cutRelation(relation, sql`${shape}::geometry`, 'whole') : relation;
    }),
  };
}

/** Read after the file of the register, which fills the tally. */
async function* reportOf(tally: RegisterTally): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${JSON.stringify(tally.report(), undefined, 2)}\n`);
}
