/** Objects of GESUT as the schema of 2015 writes them, in the layers and words of 2021. */
import type { PropertyValue } from '../../feature/feature.ts';
import type { GmlFrame } from '../../geo/gml-geometry-frame.ts';
import { childOf, childText, type XmlElement } from '../../xml/element.ts';
import type { RegisterObject } from '../egib/parcel.ts';
import { readLine, readPlace } from '../egib/register-geometry.ts';
import { integerIn, metresIn } from '../egib/register-values.ts';
import type { Notebook } from '../notebook.ts';
import { asRegisterObject } from '../register-gml/read-object.ts';
import { SOURCES_2015, wordOf2015 } from '../register-gml/words-2015.ts';
import {
  COURSE_2015,
  DEVICE_CLASSES_2015,
  ELEVATION_CLASS_2015,
  FLOW_2015,
  LINE_CLASSES_2015,
  NETWORK_2015,
  OPERATION_2015,
  ROLE_2015,
  STATE_2015,
} from './gesut-2015.ts';

/** A line, device or height of the register; undefined for another class. */
export function readUtility2015(
  object: XmlElement,
  frame: GmlFrame,
  notes: Notebook,
): RegisterObject | undefined {
  const { local } = object;
  const line = LINE_CLASSES_2015[local];
  if (line !== undefined) {
    const bundle = childText(object, 'wiazka');
    const [typeLocal = '', types = { same: {} }] = line.type ?? [];
    return asRegisterObject(object, 'utility_lines', readLine(object, frame), {
      network: line.network,
      line_type: line.is ?? wordOf2015(object, typeLocal, types, notes),
      role: wordOf2015(object, 'funkcja', ROLE_2015, notes),
      course: wordOf2015(object, 'przebieg', COURSE_2015, notes),
      flow: wordOf2015(object, 'tloczny', FLOW_2015, notes),
      diameter_mm: integerIn(object, 'srednica'),
      width_mm: integerIn(object, 'wymiarPoziomy'),
      height_mm: integerIn(object, 'wymiarPionowy'),
      is_bundle: bundle === undefined ? null : bundle === 'true' || bundle === '1',
      ...{ material: null, depth_m: null, start_height_m: null, end_height_m: null, built_year: null },
      ...sharedOf(object, notes),
    });
  }
  const device = DEVICE_CLASSES_2015[local];
  if (device !== undefined) {
    return asRegisterObject(object, 'utility_devices', readPlace(object, frame), {
      network: wordOf2015(object, 'rodzajSieci', NETWORK_2015, notes),
      kind: wordOf2015(object, device.local, device.words, notes),
      ...{ top_height_m: null, bottom_height_m: null },
      ...sharedOf(object, notes),
    });
  }
  if (local !== ELEVATION_CLASS_2015) return undefined;
  return asRegisterObject(object, 'utility_elevations', readPlace(object, frame), {
    ...{ network: null, object_id: null },
    top_height_m: metresIn(object, 'rzednaGory'),
    bottom_height_m: metresIn(object, 'rzednaDolu'),
    ground_height_m: null,
  });
}

const sharedOf = (object: XmlElement, notes: Notebook): Readonly<Record<string, PropertyValue>> => ({
  state: wordOf2015(object, 'istnienie', STATE_2015, notes),
  operation: wordOf2015(object, 'eksploatacja', OPERATION_2015, notes),
  position_source: wordOf2015(object, 'zrodlo', SOURCES_2015, notes),
  operator_id: childText(object, 'idBranzowy') ?? null,
  operator: operatorOf(object),
});

/** The name of a firm or office. GES_DaneOsoby also holds people, their addresses and telephones: none of it is read. */
function operatorOf(object: XmlElement): string | null {
  const firm = childOf(object, 'wladajacy')?.children[0];
  return childText(firm, 'nazwaPelna') ?? childText(firm, 'nazwaSkrocona') ?? null;
}
