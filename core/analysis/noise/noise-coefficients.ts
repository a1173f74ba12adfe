/**
 * Coefficients of road noise of CNOSSOS-EU: tables F-1 to F-4 of the annex to Directive (EU) 2015/996 as amended by
 * Delegated Directive (EU) 2021/1226. By octave of 63 to 8000 Hz.
 */

export const OCTAVES_HZ = [63, 125, 250, 500, 1000, 2000, 4000, 8000] as const;
/** As the method has it. */
export const SOUND_M_PER_S = 340;
/** A value for each of `OCTAVES_HZ`. */
export type Octaves = readonly number[];

/** m = 1, 2, 3, 4a, 4b. */
export const NOISE_CATEGORIES = ['light', 'medium', 'heavy', 'moped', 'motorcycle'] as const;
export type NoiseCategory = (typeof NOISE_CATEGORIES)[number];

export interface VehicleNoise {
  readonly ar: Octaves;
  readonly br: Octaves;
  readonly ap: Octaves;
  readonly bp: Octaves;
}

/** α by octave and β of a road surface, for one category. */
export interface SurfaceNoise {
  readonly alpha: Octaves;
  readonly beta: number;
}

export interface NoiseCoefficients {
  readonly vehicles: Readonly<Record<NoiseCategory, VehicleNoise>>;
  /** Where a category has no entry the surface changes nothing. */
  readonly surfaces: Readonly<Record<string, Partial<Record<NoiseCategory, SurfaceNoise>>>>;
}

export const CNOSSOS_2021: NoiseCoefficients = {
  vehicles: {
    light: {
      ar: [83.1, 89.2, 87.7, 93.1, 100.1, 96.7, 86.8, 76.2],
      br: [30, 41.5, 38.9, 25.7, 32.5, 37.2, 39, 40],
      ap: [97.9, 92.5, 90.7, 87.2, 84.7, 88, 84.4, 77.1],
      bp: [-1.3, 7.2, 7.7, 8, 8, 8, 8, 8],
    },
    medium: {
      ar: [88.7, 93.2, 95.7, 100.9, 101.7, 95.1, 87.8, 83.6],
      br: [30, 35.8, 32.6, 23.8, 30.1, 36.2, 38.3, 40.1],
      ap: [105.5, 100.2, 100.5, 98.7, 101, 97.8, 91.2, 85],
      bp: [-1.9, 4.7, 6.4, 6.5, 6.5, 6.5, 6.5, 6.5],
    },
    heavy: {
      ar: [91.7, 96.2, 98.2, 104.9, 105.1, 98.5, 91.1, 85.6],
      br: [30, 33.5, 31.3, 25.4, 31.8, 37.1, 38.6, 40.6],
      ap: [108.8, 104.2, 103.5, 102.9, 102.6, 98.5, 93.8, 87.5],
      bp: [0, 3, 4.6, 5, 5, 5, 5, 5],
    },
    moped: {
      ar: [0, 0, 0, 0, 0, 0, 0, 0],
      br: [0, 0, 0, 0, 0, 0, 0, 0],
      ap: [93, 93, 93.5, 95.3, 97.2, 100.4, 95.8, 90.9],
      bp: [4.2, 7.4, 9.8, 11.6, 15.7, 18.9, 20.3, 20.6],
    },
    motorcycle: {
      ar: [0, 0, 0, 0, 0, 0, 0, 0],
      br: [0, 0, 0, 0, 0, 0, 0, 0],
      ap: [99.9, 101.9, 96.7, 94.4, 95.2, 94.7, 92.1, 88.6],
      bp: [3.2, 5.9, 11.9, 11.6, 11.5, 12.6, 11.1, 12],
    },
  },
  surfaces: {
    reference: {},
    // NL06: Brushed down concrete
    concrete: {
      light: { alpha: [8.2, -0.4, 2.8, 2.7, 2.5, 0.8, -0.3, -0.1], beta: 1.4 },
      medium: { alpha: [0.3, 4.5, 2.5, -0.2, -0.1, -0.5, -0.9, -0.8], beta: 5.0 },
      heavy: { alpha: [0.2, 5.3, 2.5, -0.2, -0.1, -0.6, -1, -0.9], beta: 5.5 },
    },
    // NL10: Hard elements in herring-bone
    paving: {
      light: { alpha: [27, 16.2, 14.7, 6.1, 3, -1, 1.2, 4.5], beta: 2.5 },
      medium: { alpha: [29.5, 20, 17.6, 8, 6.2, -1, 3.1, 5.2], beta: 2.5 },
      heavy: { alpha: [29.4, 21.2, 18.2, 8.4, 5.6, -1, 3, 5.8], beta: 2.5 },
    },
  },
};

/** Of studded tyres, light vehicles only: a + b lg(v/70), 50 to 90 km/h (table F-2). */
export const STUDS = {
  a: [0, 0, 0, 2.6, 2.9, 1.5, 2.3, 9.2],
  b: [0, 0, 0, -3.1, -6.4, -14, -22.4, -11.4],
} as const;

/** Of speeding up and slowing down at junctions (table F-3): rolling and propulsion. */
export const JUNCTIONS = {
  crossing: { light: [-4.5, 5.5], medium: [-4, 9], heavy: [-4, 9] },
  roundabout: { light: [-4.4, 3.1], medium: [-2.3, 6.7], heavy: [-2.3, 6.7] },
} as const;
