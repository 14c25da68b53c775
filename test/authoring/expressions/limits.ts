/** Imported by the samples: an arrow captures it like any other name. */
export const LIMITS = { rows: 100, names: ['a', 'b'] };
export const DEBUG = false;
