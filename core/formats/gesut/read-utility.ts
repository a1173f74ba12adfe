/** Objects of GESUT as the schema of 2021 writes them. */
import type { PropertyValue } from '../../feature/feature.ts';
import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { childrenOf, childText, hrefOf, type XmlElement } from '../../xml/element.ts';
import type { RegisterObject } from '../egib/parcel.ts';
import { readLine, readPlace } from '../egib/register-geometry.ts';
import { integerIn, localIdInReference, metresIn } from '../egib/register-values.ts';
import { asRegisterObject, coded } from '../register-gml/read-object.ts';
import {
  ACCOMPANYING,
  ACCOMPANYING_CLASS,
  COURSE,
  DEVICE_CLASSES,
  ELEVATION_CLASS,
  FLOW,
  LINE_CLASSES,
  NETWORK,
  OPERATION,
  ROLE,
  STATUS,
} from './gesut-codes.ts';

const networkByClass = (classes: typeof LINE_CLASSES): ReadonlyMap<string, string> =>
  new Map(Object.entries(classes).map(([network, { className }]) => [className, network]));
const LINE_NETWORKS = networkByClass(LINE_CLASSES);
const DEVICE_NETWORKS = networkByClass(DEVICE_CLASSES);

/** A line, device or height of the register; undefined for another class. */
export function readUtility(object: XmlElement, frame: GmlFrame): RegisterObject | undefined {
  const { local } = object;
  const line = LINE_NETWORKS.get(local);
  if (line !== undefined) return readUtilityLine(object, frame, line);
  if (local === ACCOMPANYING_CLASS || DEVICE_NETWORKS.has(local)) return readDevice(object, frame);
  return local === ELEVATION_CLASS ? readElevation(object, frame) : undefined;
}

/** lokalnyId of the measured heights of a line or device. */
export function elevationReferences(object: XmlElement): readonly string[] {
  return [...childrenOf(object, 'rzednaObiektu'), ...childrenOf(object, 'rodzajPunkt')].flatMap(
    (property) => {
      const href = hrefOf(property);
      return href === undefined ? [] : [localIdInReference(href)];
    },
  );
}

function readUtilityLine(object: XmlElement, frame: GmlFrame, network: string): RegisterObject {
  const bundle = childText(object, 'wiazka');
  return asRegisterObject(object, 'utility_lines', readLine(object, frame), {
    network,
    line_type: coded(object, 'typPrzewodu', LINE_CLASSES[network]?.codes ?? {}),
    role: coded(object, 'funkcja', ROLE),
    course: coded(object, 'przebieg', COURSE),
    flow: coded(object, 'rodzaj', FLOW),
    diameter_mm: integerIn(object, 'srednica'),
    width_mm: integerIn(object, 'wymiarPoziomy'),
    height_mm: integerIn(object, 'wymiarPionowy'),
    is_bundle: bundle === undefined ? null : bundle === 'true' || bundle === '1',
    ...{ material: null, depth_m: null, start_height_m: null, end_height_m: null, built_year: null },
    ...sharedOf(object),
  });
}

function readDevice(object: XmlElement, frame: GmlFrame): RegisterObject {
  const own = DEVICE_NETWORKS.get(object.local);
  const codes = own === undefined ? ACCOMPANYING : (DEVICE_CLASSES[own]?.codes ?? {});
  return asRegisterObject(object, 'utility_devices', readPlace(object, frame), {
    network: own ?? coded(object, 'rodzajSieci', NETWORK),
    kind: coded(object, 'rodzajUrzadzenia', codes),
    ...{ top_height_m: null, bottom_height_m: null },
    ...sharedOf(object),
  });
}

function readElevation(object: XmlElement, frame: GmlFrame): RegisterObject {
  return asRegisterObject(object, 'utility_elevations', readPlace(object, frame), {
    ...{ network: null, object_id: null },
    top_height_m: metresIn(object, 'rzednaGory'),
    bottom_height_m: metresIn(object, 'rzednaDolu'),
    ground_height_m: metresIn(object, 'rzedna'),
  });
}

const sharedOf = (object: XmlElement): Readonly<Record<string, PropertyValue>> => ({
  state: coded(object, 'status', STATUS),
  operation: coded(object, 'eksploatacja', OPERATION),
  position_source: childText(object, 'zrodlo') ?? null,
  operator_id: childText(object, 'idBranzowy') ?? null,
  operator: childText(object, 'wladajacy') ?? null,
});
