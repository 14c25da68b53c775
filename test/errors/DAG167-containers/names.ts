export const CLEAN = 'test/packaging/functions/clean.py';
