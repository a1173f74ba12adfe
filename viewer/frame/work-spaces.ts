import type { ComponentType } from 'preact';
import { LivePanel } from '../live/live-panel.tsx';
import { ObstructionPanel } from '../obstructions/obstruction-panel.tsx';
import { OrderPanel } from '../order/order-panel.tsx';
import { ORDER_SPACE } from '../order/order-state.ts';
import { LayerList } from '../panels/layer-list.tsx';
import { ParcelPanel } from '../parcel/parcel-panel.tsx';
import { CHECK_SPACE } from '../parcel/parcel-state.ts';
import { SitesPanel } from '../sites/sites-panel.tsx';
import { SitingPanel } from '../siting/siting-panel.tsx';
import { SunPanel } from '../sun/sun-panel.tsx';
import type { Word } from '../text/text.ts';
import { TrafficPanel } from '../traffic/traffic-panel.tsx';
import { WhatIfPanel } from '../whatif/what-if-panel.tsx';
import type { IconName } from './icon.tsx';

/** One verb of the rail: what people do here, and the panel that helps them do it. */
export interface WorkSpace {
  readonly name: string;
  readonly icon: IconName;
  /** The verb in the rail. */
  readonly verb: Word;
  /** The heading of its panel. */
  readonly title: Word;
  readonly Panel: ComponentType;
}

/** In the order of the rail, which is that of the keys 1, 2, 3 … */
export const WORK_SPACES: readonly WorkSpace[] = [
  { name: 'explore', icon: 'layers', verb: 'explore', title: 'layersTitle', Panel: LayerList },
  { name: CHECK_SPACE, icon: 'parcel', verb: 'checkVerb', title: 'checkTitle', Panel: ParcelPanel },
  { name: 'sites', icon: 'compass', verb: 'sitesVerb', title: 'sitesTitle', Panel: SitesPanel },
  { name: 'what-if', icon: 'git-branch', verb: 'whatIf', title: 'whatIfTitle', Panel: WhatIfPanel },
  { name: 'live', icon: 'activity', verb: 'live', title: 'liveTitle', Panel: LivePanel },
  {
    name: 'obstructions',
    icon: 'construction',
    verb: 'obstructions',
    title: 'obsTitle',
    Panel: ObstructionPanel,
  },
  { name: 'sun', icon: 'sun', verb: 'sunVerb', title: 'sunTitle', Panel: SunPanel },
  { name: 'siting', icon: 'map-pin-plus', verb: 'sitingVerb', title: 'sitingTitle', Panel: SitingPanel },
  { name: 'traffic', icon: 'traffic', verb: 'trafficVerb', title: 'trafficTitle', Panel: TrafficPanel },
  { name: ORDER_SPACE, icon: 'download', verb: 'orderVerb', title: 'orderTitle', Panel: OrderPanel },
];

/** The work space of a name; the first for a name that nobody bears. */
export function workSpaceNamed(name: string): WorkSpace {
  const found = WORK_SPACES.find((space) => space.name === name) ?? WORK_SPACES[0];
  if (!found) throw new Error('there is no work space');
  return found;
}
