/** The name under which a sensor is selected, beside the layers of the catalogue. */
export const SENSORS = 'sensors';
