import { memorySource } from '../../core/feature/memory-source.ts';
import { guardedSource } from '../../server/access/guarded-source.ts';
import { ANONYMOUS, type Identity } from '../../server/access/identity.ts';
import { PUBLIC_VIEW } from '../../server/access/view.ts';
import { postgisSource } from '../../server/store/features.ts';
import { bookmarked, PageBookmarks } from '../../server/store/page-bookmarks.ts';
import type { Pool } from '../../server/store/pool.ts';
import { relationFor } from '../../server/store/relation.ts';
import { testDatabase } from '../support/database.ts';
import { editedInto } from '../support/edited-city.ts';
import { fill } from '../support/filled-database.ts';
import { CONTRACT_FEATURES, CONTRACT_LAYERS, featureSourceCases } from './feature-source.cases.ts';

const STAFF: Identity = { who: 'clerk', roles: ['public', 'staff'] };
const inMemory = memorySource(CONTRACT_LAYERS, CONTRACT_FEATURES);
const nothingToClose = async () => {};

/** The features in a database of their own. */
async function filled(): Promise<{ pool: Pool; close: () => Promise<void> }> {
  const { pool, drop } = await testDatabase();
  await fill(pool, CONTRACT_FEATURES);
  return { pool, close: drop };
}

const layers = async () => CONTRACT_LAYERS;

featureSourceCases('memory', async () => ({
  source: inMemory,
  showsStaffProperties: true,
  close: nothingToClose,
}));

featureSourceCases('memory guarded for the public', async () => ({
  source: guardedSource(inMemory, ANONYMOUS),
  showsStaffProperties: false,
  close: nothingToClose,
}));

featureSourceCases('memory guarded for staff', async () => ({
  source: guardedSource(inMemory, STAFF),
  showsStaffProperties: true,
  close: nothingToClose,
}));

featureSourceCases('PostGIS', async () => {
  const { pool, close } = await filled();
  return { source: postgisSource(pool, layers), showsStaffProperties: true, close };
});

featureSourceCases('PostGIS with bookmarks', async () => {
  const { pool, close } = await filled();
  const source = bookmarked(postgisSource(pool, layers), new PageBookmarks(), 'test');
  return { source, showsStaffProperties: true, close };
});

featureSourceCases('PostGIS guarded outside', async () => {
  const { pool, close } = await filled();
  const source = guardedSource(postgisSource(pool, layers), ANONYMOUS);
  return { source, showsStaffProperties: false, close };
});

featureSourceCases('PostGIS guarded relation', async () => {
  const { pool, close } = await filled();
  const source = postgisSource(pool, layers, (layer) => relationFor(layer, PUBLIC_VIEW));
  return { source, showsStaffProperties: false, close };
});

featureSourceCases('PostGIS as of now', async () => {
  const { pool, close } = await filled();
  const moment = new Date(Date.now() + 60_000);
  const source = postgisSource(pool, layers, (layer) => relationFor(layer, { who: STAFF, at: moment }));
  return { source, showsStaffProperties: true, close };
});

featureSourceCases('PostGIS in a scenario', async () => {
  const { pool, drop } = await testDatabase();
  const scenario = await editedInto(pool, CONTRACT_FEATURES);
  const source = postgisSource(pool, layers, (layer) => relationFor(layer, { who: STAFF, scenario }));
  return { source, showsStaffProperties: true, close: drop };
});
