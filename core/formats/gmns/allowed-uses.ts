const NOT_FOR_CARS = /^(?!.*(auto|car|motor|drive|all|truck)).*(walk|bike|bicycle|ped|transit|rail)/i;

/** Whether `allowed_uses` of a link or movement lets cars by; without a word it does. */
export const isForCars = (uses: string): boolean => !NOT_FOR_CARS.test(uses);
