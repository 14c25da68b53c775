/** AWS Lambda. */
export type { FunctionOptions } from './function.ts';
export { type InvokeParameters, invoke } from './invoke.ts';
export { type OutputSchema, type PythonOptions, python } from './python.ts';
export { type TypescriptOptions, typescript } from './typescript.ts';
