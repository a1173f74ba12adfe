/** Layers that edits can change; each has a sister table. */
export const CHANGEABLE: readonly string[] = ['buildings', 'buildings_3d'];
