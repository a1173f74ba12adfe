/** The data set of OGC's suite for WFS behind the product's own WFS and store, open to everybody for changes. */
import { citeFeatureLayers, readCiteFeatures } from '../../core/cite/cite-features.ts';
import type { Identity } from '../access/identity.ts';
import { geoPackages } from '../geopackage/geo-packages.ts';
import type { Log } from '../log.ts';
import { wfs } from '../protocols/wfs/protocol.ts';
import { storeCatalogue } from '../store/catalogue.ts';
import { CITY } from '../store/dataset.ts';
import { storeFeatureEdits } from '../store/feature-edits.ts';
import { storeFeatureLocks } from '../store/feature-locks.ts';
import { postgisSource } from '../store/features.ts';
import { makeOwnRegisters } from '../store/own-registers.ts';
import type { Pool } from '../store/pool.ts';
import { relationFor } from '../store/relation.ts';
import { storeStoredQueries } from '../store/stored-queries.ts';
import { type Address, type ServedAlone, serveAlone } from './serve-alone.ts';

/** The suite says no password. */
const ANYBODY: Identity = { who: 'cite', roles: ['public', 'staff'] };

/**
 * @param document the data set: `dataset-sf0-insert.xml`
 * @param pool of a database for this alone, with the schema of this release; what the suite changes stays in it
 * @throws TwinError conflict for the database of a city
 */
export async function startCiteWfs(
  document: string,
  pool: Pool,
  address: Address,
  log: Log,
): Promise<ServedAlone> {
  const registers = citeFeatureLayers(CITY);
  const layers = async () => registers;
  await makeOwnRegisters(pool, registers);
  const featureEdits = storeFeatureEdits(pool, layers);
  const catalogue = storeCatalogue(pool, layers);
  const view = { who: ANYBODY };
  const states = await Promise.all(registers.map(({ name }) => catalogue.status(name, view)));
  if (states.every(({ version }) => version === 0)) {
    const features = readCiteFeatures(document, (id) =>
      log.warn({ id }, 'a feature has no geometry that a type here has, and is left out'),
    );
    const given = features.map(({ layer, id, geometry, properties }) => ({
      ...{ layer, id, properties },
      shape: geometry && { geometry, srid: 4326 },
    }));
    await featureEdits.apply([{ op: 'insert', features: given }], { view, door: 'wfs' });
  }
  const protocol = wfs({
    catalogue,
    featuresFor: (asked) => postgisSource(pool, layers, (layer) => relationFor(layer, asked)),
    featureEdits,
    featureLocks: storeFeatureLocks(pool, layers),
    storedQueries: storeStoredQueries(pool),
    geoPackages,
  });
  return serveAlone([protocol], address, log, { identify: () => ANYBODY });
}
