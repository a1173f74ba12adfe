/**
 * Hot exhaust of the EMEP/EEA air pollutant emission inventory guidebook (1.A.3.b.i–iv, © EEA, re-use with
 * attribution): coefficients of a few vehicles on a flat road, lorries half loaded, and the fleet they stand for. No
 * published fleet mix of a Polish city was found: the shares are an assumption.
 */

export const POLLUTANTS = ['NOx', 'CO', 'NMHC', 'PM'] as const;
export type Pollutant = (typeof POLLUTANTS)[number];

/** `(α V² + β V + γ + δ/V) / (ε V² + ζ V + η) · (1 − reduction)`, g/km, V in km/h within [min, max]. */
export interface HotFactor {
  readonly minKmH: number;
  readonly maxKmH: number;
  readonly above: readonly [alpha: number, beta: number, gamma: number, delta: number];
  readonly below: readonly [epsilon: number, zeta: number, eta: number];
  readonly reduction: number;
}

export interface FleetPart {
  readonly vehicle: 'car' | 'truck';
  /** Of its kind of vehicle. */
  readonly share: number;
  /** Category, fuel, segment, Euro standard and technology of the guidebook. */
  readonly name: string;
  readonly factors: Readonly<Record<Pollutant, HotFactor>>;
  /** Energy of the fuel burned, MJ/km in place of g/km. */
  readonly energy: HotFactor;
  /** Of the fuel, all of it burned: IPCC 2006 guidelines, volume 2, table 3.2.1. */
  readonly co2GPerMj: number;
}

const CO2_G_PER_MJ = { petrol: 69.3, diesel: 74.1, lpg: 63.1 } as const;

/** The guidebook gives cars on LPG those of petrol cars of the same standard. */
const PETROL_EURO_4: FleetPart['factors'] = {
  NOx: {
    minKmH: 5,
    maxKmH: 130,
    above: [3.85566953442599e-5, -0.00858022234420835, 0.577346261761616, 1.30653078947681e-12],
    below: [2.70176387374201e-17, -1.30766902383137e-13, 5.43052047101584],
    reduction: 0.0,
  },
  CO: {
    minKmH: 5,
    maxKmH: 130,
    above: [5.49670697736844e-12, -0.0334176120766537, 5.10983452219724, -1.04372710338195e-7],
    below: [0.00187153627565408, -0.52883090616296, 37.5057390279501],
    reduction: 0.0,
  },
  NMHC: {
    minKmH: 5,
    maxKmH: 130,
    above: [3.54913026550734e-6, -0.000139315407475272, 0.0473752682505177, -9.09774452590566e-14],
    below: [-6.44179572771508e-15, 7.72631533134307e-13, 4.0148532415672],
    reduction: 0.0,
  },
  PM: {
    minKmH: 10,
    maxKmH: 130,
    above: [0.0, 0.0, 0.00128, 0.0],
    below: [0.0, 0.0, 1.0],
    reduction: 0.0,
  },
};

/** The guidebook gives cars of all standards one of each fuel. */
const PETROL_ENERGY: HotFactor = {
  minKmH: 5,
  maxKmH: 130,
  above: [0.000131723006778538, 0.0054859592952839, 2.6191950512566, 1.72774612390592e-9],
  below: [-8.50415012699799e-5, 0.023584384067406, 0.344297577833879],
  reduction: 0.0,
};
const DIESEL_ENERGY: HotFactor = {
  minKmH: 10,
  maxKmH: 130,
  above: [-0.00129911063069031, 0.221624989207713, 16.4359146120605, 5.66298857668099e-9],
  below: [-0.00184467928314896, 0.292347275962134, 2.37716402519569],
  reduction: 0.0,
};

export const FLEET: readonly FleetPart[] = [
  {
    vehicle: 'car',
    share: 0.3,
    name: 'PC|G|Medium|IV|PFI',
    energy: PETROL_ENERGY,
    co2GPerMj: CO2_G_PER_MJ.petrol,
    factors: PETROL_EURO_4,
  },
  {
    vehicle: 'car',
    share: 0.2,
    name: 'PC|G|Medium|VI D|PFI',
    energy: PETROL_ENERGY,
    co2GPerMj: CO2_G_PER_MJ.petrol,
    factors: {
      NOx: {
        minKmH: 5,
        maxKmH: 130,
        above: [-0.000314540672240406, 0.103056777252331, 0.239056575951972, -0.3392791490405],
        below: [0.0345358283618128, 1.98601274556741, 1.26376326022528],
        reduction: 0.0,
      },
      CO: {
        minKmH: 5,
        maxKmH: 130,
        above: [0.000851041531484726, -0.179925714450772, 11.2974876123236, 16.9021699231054],
        below: [0.00264281954711298, -0.718982970751526, 50.7936886546238],
        reduction: 0.0,
      },
      NMHC: {
        minKmH: 5,
        maxKmH: 130,
        above: [3.81411947410715e-6, -0.000707365446956988, 0.0452491977889404, 0.173073521070119],
        below: [6.9899000382836e-5, -0.0475381691356608, 6.21205348188937],
        reduction: 0.0,
      },
      PM: {
        minKmH: 10,
        maxKmH: 130,
        above: [5.59633836881016e-7, -0.000116929002324928, 0.00745951061824619, 0.00740174934262078],
        below: [9.33277299093364e-5, -0.0348876754043125, 3.50510649746083],
        reduction: 0.5,
      },
    },
  },
  {
    vehicle: 'car',
    share: 0.25,
    name: 'PC|D|Medium|IV|DPF',
    energy: DIESEL_ENERGY,
    co2GPerMj: CO2_G_PER_MJ.diesel,
    factors: {
      NOx: {
        minKmH: 10,
        maxKmH: 130,
        above: [0.000562369461735783, -0.0763973608400377, 4.19882320488384, 6.24823694554722e-10],
        below: [4.61273238577238e-15, -2.02803831230236e-12, 3.789551629032],
        reduction: 0.0,
      },
      CO: {
        minKmH: 10,
        maxKmH: 130,
        above: [8.49816614325437e-5, -0.0127280876657761, 0.999003861882272, 0.882469675474038],
        below: [0.00198236658483397, 0.0420209101545585, 2.87682286200431],
        reduction: 0.0,
      },
      NMHC: {
        minKmH: 10,
        maxKmH: 130,
        above: [6.19386452883688e-5, -0.00355758707257202, 0.192587007233474, -7.98138002842513e-9],
        below: [0.0088301419764301, -0.149352054277435, 5.55005780513181],
        reduction: 0.0,
      },
      PM: {
        minKmH: 10,
        maxKmH: 130,
        above: [1.17230719517754e-5, -0.00181572867299056, 0.151591447652268, 2.44304555395837e-14],
        below: [-4.45455986348868e-18, -3.27964847675797e-15, 3.36869883671713],
        reduction: 0.0,
      },
    },
  },
  {
    vehicle: 'car',
    share: 0.1,
    name: 'PC|D|Medium|VI D|DPF',
    energy: DIESEL_ENERGY,
    co2GPerMj: CO2_G_PER_MJ.diesel,
    factors: {
      NOx: {
        minKmH: 10,
        maxKmH: 130,
        above: [6.67136e-5, -0.011381467, 0.945951727, 1.923608149],
        below: [-5.15046e-5, 0.004264272, 1.0],
        reduction: 0.92,
      },
      CO: {
        minKmH: 10,
        maxKmH: 130,
        above: [3.30569078938345e-5, -0.00572783242876238, 0.282346191800297, 0.943071291929658],
        below: [0.000354315235068144, -0.0705430852781633, 4.61140523347493],
        reduction: 0.68,
      },
      NMHC: {
        minKmH: 10,
        maxKmH: 130,
        above: [0.000744399801993431, 0.0364797284103619, -0.0508343440343086, 0.0763156964700483],
        below: [1.5727522535595, 0.45397677889593, 0.307541513638486],
        reduction: 0.0,
      },
      PM: {
        minKmH: 10,
        maxKmH: 130,
        above: [0.000467299306307736, 0.0664094975805683, -0.325010592710707, 0.960762635129021],
        below: [1.13723865568225, 0.54617955489948, 0.289633151649954],
        reduction: 0.0,
      },
    },
  },
  {
    vehicle: 'car',
    share: 0.15,
    name: 'PC|LPG BIFUEL LPG|Medium|IV|',
    energy: {
      minKmH: 10,
      maxKmH: 130,
      above: [0.00266076270496954, -0.341834097528984, 27.5776967889375, -6.47737228806186e-9],
      below: [-2.44684254914e-13, 2.01912963599293e-11, 7.93639669523039],
      reduction: 0.0,
    },
    co2GPerMj: CO2_G_PER_MJ.lpg,
    factors: PETROL_EURO_4,
  },
  {
    vehicle: 'truck',
    share: 0.6,
    name: 'TRUCKS|D|Rigid 14 - 20 t|V|SCR',
    energy: {
      minKmH: 5,
      maxKmH: 85,
      above: [0.0154703182788832, 0.243176731712842, -0.0476356537687085, 7.68968151757881],
      below: [0.00311645532434119, -0.0192468848044529, 0.133206487242243],
      reduction: 0.0,
    },
    co2GPerMj: CO2_G_PER_MJ.diesel,
    factors: {
      NOx: {
        minKmH: 5,
        maxKmH: 85,
        above: [-0.000951093244754024, 0.0541223961720538, 4.61819691472614, 7.77365524994802],
        below: [1.50288281963249e-5, 0.0238930031961305, 0.145234976201452],
        reduction: 0.0,
      },
      CO: {
        minKmH: 5,
        maxKmH: 85,
        above: [0.00511988853806711, 0.189983774138848, -1.27862327662296, 3.09349871454495],
        below: [0.00784964472056741, -0.0524451866032317, 0.124559616531878],
        reduction: 0.0,
      },
      NMHC: {
        minKmH: 5,
        maxKmH: 85,
        above: [0.0033657802605528, 0.350475634878542, -1.65547754420844, 1.33031891847165],
        below: [0.55302196835601, -1.96277096738771, -1.67287184099262e-10],
        reduction: 0.0,
      },
      PM: {
        minKmH: 10,
        maxKmH: 85,
        above: [0.0162225044546709, 0.766277926694233, -0.543232007665303, 0.233017314107743],
        below: [0.893325578009206, 0.545706371550653, 0.614681878223979],
        reduction: 0.0,
      },
    },
  },
  {
    vehicle: 'truck',
    share: 0.4,
    name: 'TRUCKS|D|Articulated 34 - 40 t|VI D/E|DPF+SCR',
    energy: {
      minKmH: 5,
      maxKmH: 85,
      above: [0.036647708152387, 1.47602403844811, -5.16916695704522, 9.40758548521018],
      below: [0.00589885917786991, -0.0160619049446513, 0.0582692905997641],
      reduction: 0.0,
    },
    co2GPerMj: CO2_G_PER_MJ.diesel,
    factors: {
      NOx: {
        minKmH: 5,
        maxKmH: 85,
        above: [-0.00116827791680151, 0.191544903256855, -1.73085226877611, 6.24261399941079],
        below: [0.00903601709039711, -0.0616980281460011, 0.147016536244698],
        reduction: 0.0,
      },
      CO: {
        minKmH: 5,
        maxKmH: 85,
        above: [0.00535336633080668, 0.433649725947719, -2.39411434541525, 1.73964020674421],
        below: [0.0958044874369746, -0.418915955814951, -1.78783334621224e-12],
        reduction: 0.0,
      },
      NMHC: {
        minKmH: 5,
        maxKmH: 85,
        above: [0.00128051585175209, 0.203363878221969, 1.54656846822354, -0.504509114664766],
        below: [0.145427402824039, 1.45479772454265, 3.61002415871911e-7],
        reduction: 0.0,
      },
      PM: {
        minKmH: 10,
        maxKmH: 85,
        above: [0.00209317286195475, 0.195948097981652, 0.0375742165623175, 0.634415789119622],
        below: [1.30210367087564, 0.461921730057963, 0.304557791609189],
        reduction: 0.0,
      },
    },
  },
];
