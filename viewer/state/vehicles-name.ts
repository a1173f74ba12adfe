/** In links and selections: vehicles are no layer of the catalogue. */
export const VEHICLES = 'vehicles';
