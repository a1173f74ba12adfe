import { districtSkeleton } from './district-skeleton.ts';
import type { Skeleton } from './skeleton.ts';

export function citySkeleton(_size: 'city' | 'metropolis', seed: number): Skeleton {
  return districtSkeleton(seed);
}
