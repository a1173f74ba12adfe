/** How long a reported place is shown. */

/** From this age on, seconds, it is no longer where the vehicle is. */
export const VEHICLE_STALE_S = 60;
/** From this age on it says nothing and is not shown. */
export const VEHICLE_GONE_S = 300;
