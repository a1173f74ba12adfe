import { BDOT500 } from '../bdot500/bdot500-register.ts';
import { EGIB } from '../egib/egib-register.ts';
import { GESUT } from '../gesut/gesut-register.ts';
import type { Register } from './write-register.ts';

/** The registers of the state that the twin hands on. */
export const STATE_REGISTERS: readonly Register[] = [EGIB, GESUT, BDOT500];

/** The register that a layer of the twin belongs to. */
export const registerOfLayer = (layer: string): Register | undefined =>
  STATE_REGISTERS.find(({ classes }) => classes.some((one) => one.layer === layer));
