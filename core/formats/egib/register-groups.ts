import { publicHolderOf } from '../../catalogue/parcels.ts';
import { detached } from '../../xml/detached.ts';
import { childOf, childText, hrefOf, type XmlElement } from '../../xml/element.ts';
import type { Notebook } from '../notebook.ts';
import type { ReadEvent } from '../reader.ts';
import { localIdInReference, readIdentity } from './register-values.ts';

/** Units whose shares are held by different groups: of such nobody is told. */
const MIXED = 'mixed';

/**
 * Whose ground a parcel is, by kind (groups 1 to 16), never by name. A parcel names its unit (JRG); in 2021 the unit
 * has the group, in 2015 the shares in it have. Units stand before or after their parcels, so groups are told after
 * all objects, as additions. Of shares and units nothing else is read; who holds them is not even looked at.
 *
 * Memory: about 150 bytes for each parcel, and for each unit.
 */
export class RegisterGroups {
  readonly #unitOfParcel = new Map<string, string>();
  readonly #groupOfUnit = new Map<string, string>();
  readonly #notes: Notebook;

  constructor(notes: Notebook) {
    this.#notes = notes;
  }

  /** @param object EGB_DzialkaEwidencyjna that is stored under `parcelId` */
  addParcel(object: XmlElement, parcelId: string): void {
    const property = childOf(object, 'JRG2');
    const inside = childOf(property, 'EGB_JednostkaRejestrowaGruntow');
    if (inside) this.addUnit(inside);
    const unit = inside ? readIdentity(inside).localId : referred(property);
    if (unit !== undefined) this.#unitOfParcel.set(detached(parcelId), detached(unit));
  }

  /** @param object EGB_JednostkaRejestrowaGruntow */
  addUnit(object: XmlElement): void {
    const { localId, ended } = readIdentity(object);
    if (!ended) this.#keep(localId, childText(object, 'grupaRejestrowa'));
  }

  /** @param object EGB_UdzialWlasnosci of 2015: group, or subgroup as `4.1` */
  addShare(object: XmlElement): void {
    if (readIdentity(object).ended) return;
    const unit = childOf(childOf(object, 'przedmiotUdzialuWlasnosci'), 'EGB_JednostkaRejestrowa');
    const group = childText(object, 'grupaRejestrowa') ?? childText(object, 'podgrupaRej')?.split('.')[0];
    this.#keep(referred(childOf(unit, 'JRG')), group);
  }

  #keep(unit: string | undefined, group: string | undefined): void {
    if (unit === undefined || group === undefined) return;
    if (publicHolderOf(group) === null) {
      this.#notes.add('register-group', `"${group.slice(0, 20)}" is no register group (1 to 16)`);
      return;
    }
    const known = this.#groupOfUnit.get(unit);
    this.#groupOfUnit.set(detached(unit), known === undefined || known === group ? detached(group) : MIXED);
  }

  /** What the parcels get, in the order of the file. */
  *additions(): Generator<ReadEvent> {
    for (const [id, unit] of this.#unitOfParcel) {
      const group = this.#groupOfUnit.get(unit);
      if (group === undefined) {
        this.#notes.add(
          'unknown-register-unit',
          `Parcel ${id} belongs to a register unit whose group is not in the file; its register group stays unknown`,
        );
      } else if (group === MIXED) {
        this.#notes.add(
          'mixed-register-groups',
          `The unit of parcel ${id} is held by several register groups; its register group stays unknown`,
        );
      } else {
        const properties = { register_group: group, public_holder: publicHolderOf(group) };
        yield { kind: 'addition', layer: 'parcels', id, properties };
      }
    }
  }
}

function referred(property: XmlElement | undefined): string | undefined {
  const href = property && hrefOf(property);
  return href === undefined ? undefined : localIdInReference(href);
}
