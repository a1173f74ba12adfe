/** Which trees may not be felled without a permit. */

export const isTree = ({ form }: { readonly form: string | null }): boolean => form !== 'shrub';

/** At 5 cm a trunk is at most so much thicker than at 130 cm (assumption; root collars vary). */
const COLLAR_FACTOR = 1.5;

interface Trunk {
  /** At 130 cm. */
  readonly girthCm: number | null;
  readonly species: string | null;
  readonly latin: string | null;
}

/** Whether felling needs a permit (art. 83f(1) of the Nature Conservation Act), by the girth at 130 cm. */
export function permitNeed(tree: Trunk): 'yes' | 'no' | 'perhaps' {
  const { girthCm } = tree;
  if (girthCm === null) return 'perhaps';
  const threshold = thresholdCm(tree);
  if (girthCm > threshold) return 'yes';
  return girthCm * COLLAR_FACTOR > threshold ? 'perhaps' : 'no';
}

const THICK = /topol|wierzb|jesionolist|srebrzyst|populus|salix|acer negundo|acer saccharinum/i;
const MIDDLE = /kasztanow|robini|platan|aesculus|robinia|platanus/i;

function thresholdCm({ species, latin }: Trunk): number {
  const name = `${species ?? ''} ${latin ?? ''}`;
  if (THICK.test(name)) return 80;
  return MIDDLE.test(name) ? 65 : 50;
}
