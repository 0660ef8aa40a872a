/**
 * How many of a unit of time that prices are for make an hour; other units say nothing of one. No object, which would know of a unit
 * `constructor`: a unit may be any text.
 */
export const unitsPerHour: ReadonlyMap<string, bigint> = new Map([
  ['second', 3_600n],
  ['hour', 1n],
]);
