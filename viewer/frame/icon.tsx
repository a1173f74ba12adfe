import activity from 'lucide-static/icons/activity.svg?raw';
import box from 'lucide-static/icons/box.svg?raw';
import building from 'lucide-static/icons/building-2.svg?raw';
import cable from 'lucide-static/icons/cable.svg?raw';
import camera from 'lucide-static/icons/camera.svg?raw';
import traffic from 'lucide-static/icons/car-front.svg?raw';
import chartLine from 'lucide-static/icons/chart-line.svg?raw';
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw';
import chevronsLeft from 'lucide-static/icons/chevrons-left.svg?raw';
import chevronsRight from 'lucide-static/icons/chevrons-right.svg?raw';
import compass from 'lucide-static/icons/compass.svg?raw';
import construction from 'lucide-static/icons/construction.svg?raw';
import copy from 'lucide-static/icons/copy.svg?raw';
import download from 'lucide-static/icons/download.svg?raw';
import eye from 'lucide-static/icons/eye.svg?raw';
import eyeOff from 'lucide-static/icons/eye-off.svg?raw';
import focus from 'lucide-static/icons/focus.svg?raw';
import gauge from 'lucide-static/icons/gauge.svg?raw';
import gitBranch from 'lucide-static/icons/git-branch.svg?raw';
import gitMerge from 'lucide-static/icons/git-merge.svg?raw';
import history from 'lucide-static/icons/history.svg?raw';
import house from 'lucide-static/icons/house.svg?raw';
import imageDown from 'lucide-static/icons/image-down.svg?raw';
import keyboard from 'lucide-static/icons/keyboard.svg?raw';
import parcel from 'lucide-static/icons/land-plot.svg?raw';
import layers from 'lucide-static/icons/layers.svg?raw';
import zones from 'lucide-static/icons/layout-grid.svg?raw';
import link from 'lucide-static/icons/link.svg?raw';
import map from 'lucide-static/icons/map.svg?raw';
import mapPinPlus from 'lucide-static/icons/map-pin-plus.svg?raw';
import minus from 'lucide-static/icons/minus.svg?raw';
import moon from 'lucide-static/icons/moon.svg?raw';
import mountain from 'lucide-static/icons/mountain.svg?raw';
import palette from 'lucide-static/icons/palette.svg?raw';
import pause from 'lucide-static/icons/pause.svg?raw';
import penTool from 'lucide-static/icons/pen-tool.svg?raw';
import pencil from 'lucide-static/icons/pencil.svg?raw';
import play from 'lucide-static/icons/play.svg?raw';
import plus from 'lucide-static/icons/plus.svg?raw';
import printer from 'lucide-static/icons/printer.svg?raw';
import redo from 'lucide-static/icons/redo-2.svg?raw';
import route from 'lucide-static/icons/route.svg?raw';
import ruler from 'lucide-static/icons/ruler.svg?raw';
import school from 'lucide-static/icons/school.svg?raw';
import search from 'lucide-static/icons/search.svg?raw';
import shovel from 'lucide-static/icons/shovel.svg?raw';
import stepBack from 'lucide-static/icons/step-back.svg?raw';
import stepForward from 'lucide-static/icons/step-forward.svg?raw';
import sun from 'lucide-static/icons/sun.svg?raw';
import table from 'lucide-static/icons/table.svg?raw';
import trash from 'lucide-static/icons/trash-2.svg?raw';
import trees from 'lucide-static/icons/trees.svg?raw';
import warning from 'lucide-static/icons/triangle-alert.svg?raw';
import undo from 'lucide-static/icons/undo-2.svg?raw';
import upload from 'lucide-static/icons/upload.svg?raw';
import user from 'lucide-static/icons/user-round.svg?raw';
import x from 'lucide-static/icons/x.svg?raw';

const ICONS = {
  activity,
  box,
  building,
  camera,
  'chevron-down': chevronDown,
  table,
  'step-forward': stepForward,
  'step-back': stepBack,
  play,
  pause,
  'image-down': imageDown,
  download,
  'chevrons-right': chevronsRight,
  'chevrons-left': chevronsLeft,
  'chart-line': chartLine,
  compass,
  construction,
  copy,
  eye,
  'eye-off': eyeOff,
  focus,
  gauge,
  palette,
  'git-branch': gitBranch,
  'git-merge': gitMerge,
  history,
  house,
  keyboard,
  layers,
  link,
  map,
  'map-pin-plus': mapPinPlus,
  minus,
  moon,
  'pen-tool': penTool,
  pencil,
  plus,
  printer,
  redo,
  ruler,
  search,
  sun,
  mountain,
  parcel,
  school,
  trees,
  zones,
  cable,
  route,
  shovel,
  traffic,
  trash,
  undo,
  upload,
  user,
  warning,
  x,
} as const;

export type IconName = keyof typeof ICONS;
export const ICON_NAMES = Object.keys(ICONS) as readonly IconName[];

/** Without the licence comment, which the bundle keeps in its own file. */
const bodyOf = (svg: string): string => svg.replace(/<!--[\s\S]*?-->/g, '').trim();

/** An icon of the set; decoration only, its button carries the words. */
export function Icon({ name, class: extra = '' }: { name: IconName; class?: string }) {
  return (
    <span
      class={`icon ${extra}`}
      aria-hidden="true"
      dangerouslySetInnerHTML={{ __html: bodyOf(ICONS[name]) }}
    />
  );
}
