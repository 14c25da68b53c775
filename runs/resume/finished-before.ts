import type { Resumes } from './compile-resume.ts';

/** The tasks that ended before a run began, where it is a resumed one: its input says so. */
export function finishedBefore(input: string | undefined): Set<string> {
  if (!input?.includes('"resumes"')) return new Set();
  try {
    const { resumes } = JSON.parse(input) as { readonly resumes?: Partial<Resumes> };
    return new Set(Object.keys(resumes?.ended ?? {}));
  } catch {
    return new Set();
  }
}
