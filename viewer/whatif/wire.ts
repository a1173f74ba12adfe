export type Roof = 'flat' | 'gabled' | 'hipped' | 'pent';
export interface AddBuilding {
  readonly kind: 'add-building';
  readonly footprint: readonly (readonly [number, number])[];
  readonly storeys: number;
  readonly storeyHeightM?: number | undefined;
  readonly eavesHeightM?: number | undefined;
  readonly roof: { readonly shape: Roof; readonly pitchDeg?: number | undefined };
  readonly function: 'm' | 'g' | 't' | 'k' | 'z' | 'b' | 'h' | 'p' | 's' | 'i';
  readonly name?: string | undefined;
  readonly note?: string | undefined;
}
export interface RemoveBuilding {
  readonly kind: 'remove-building';
  readonly building: string;
  readonly note?: string | undefined;
}
export type Edit = AddBuilding | RemoveBuilding;
export interface EditedObject {
  readonly layer: string;
  readonly id: string;
  readonly change: 'added' | 'removed';
}
export interface StoredEdit {
  readonly id: string;
  readonly author: string;
  readonly madeAt: string;
  readonly edit: Edit;
  readonly objects: readonly EditedObject[];
  readonly groundHeightM?: number | undefined;
  readonly heightM?: number | undefined;
}
export interface Finding {
  readonly code: string;
  readonly severity: 'warning';
  readonly message: { readonly pl: string; readonly en: string };
  readonly ids: readonly string[];
  readonly areaM2?: number | undefined;
}
interface ScenarioFacts {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly author: string;
  readonly access: 'link' | 'staff' | 'public';
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
  readonly revision: number;
}
export interface Scenario extends ScenarioFacts {
  readonly base: {
    readonly version: number;
    readonly at: string;
    readonly newerVersions: readonly {
      readonly version: number;
      readonly recordedAt: string;
      readonly source: string;
    }[];
  };
  readonly edits: readonly StoredEdit[];
  readonly undone: number;
  readonly urls: {
    readonly viewer: string;
    readonly wfs: string;
    readonly wms: string;
    readonly ogc: string;
    readonly tileset3d: string;
    readonly vectorTiles: string;
  };
}
export interface ScenarioSummary extends ScenarioFacts {
  readonly base: { readonly version: number; readonly at: string };
  readonly editCount: number;
  readonly movedOn: boolean;
}
