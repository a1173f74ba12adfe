/** Ground of one height, or of none that is known, that can be shaped. */
import { countEarthwork } from '../../core/scenario/earthwork.ts';
import { groundShaped } from '../../core/scenario/shaped-ground.ts';
import type { Ground } from '../../server/store/settle/edited-city.ts';

export const flatGround = (heightM: number | undefined): Ground => {
  const flat = () => heightM ?? Number.NaN;
  return {
    async lowestM(outline, shapes) {
      const lowest = Math.min(...outline.map(groundShaped(flat, shapes)));
      return Number.isNaN(lowest) ? undefined : lowest;
    },
    earthwork: async (shape, shapes) => countEarthwork(groundShaped(flat, shapes), shape),
  };
};
