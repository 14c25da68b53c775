/** AWS Lambda. */

export type { OutputSchema } from '../python-function.ts';
export type { FunctionOptions } from './function.ts';
export { type InvokeParameters, invoke } from './invoke.ts';
export { type PythonOptions, python } from './python.ts';
export { type TypescriptOptions, typescript } from './typescript.ts';
