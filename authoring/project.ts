import { resolve } from 'node:path';

let root: string | undefined;

/** The loader sets it: the folder that paths in a DAG file are relative to. */
export function setProjectRoot(path: string | undefined): void {
  root = path;
}

/** The project's root: the loader's, or the working directory where a DAG file is imported by itself. */
export function projectRoot(): string {
  return root ?? resolve('.');
}
