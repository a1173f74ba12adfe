/** What edits are about, in the order of the palette. */
import type { IconName } from '../../frame/icon.tsx';
import type { Word } from '../../text/text.ts';

export const SUBJECTS = [
  { name: 'buildings', title: 'subjectBuildings', icon: 'building' },
  { name: 'roads', title: 'subjectRoads', icon: 'route' },
  { name: 'trees', title: 'subjectTrees', icon: 'trees' },
  { name: 'facilities', title: 'subjectFacilities', icon: 'school' },
  { name: 'utilities', title: 'subjectUtilities', icon: 'cable' },
  { name: 'parcels', title: 'subjectParcels', icon: 'parcel' },
  { name: 'plans', title: 'subjectPlans', icon: 'zones' },
  { name: 'terrain', title: 'subjectTerrain', icon: 'mountain' },
  { name: 'demand', title: 'subjectDemand', icon: 'traffic' },
] as const satisfies readonly { readonly name: string; readonly title: Word; readonly icon: IconName }[];

export type Subject = (typeof SUBJECTS)[number]['name'];
