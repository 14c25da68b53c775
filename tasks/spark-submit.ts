import { located } from './s3-access.ts';

/** What spark-submit is told besides the application and its arguments. */
export interface SubmitOptions {
  readonly mainClass?: string | undefined;
  readonly pyFiles?: readonly string[] | undefined;
  readonly files?: readonly string[] | undefined;
  readonly jars?: readonly string[] | undefined;
  readonly archives?: readonly string[] | undefined;
  readonly conf?: { readonly [property: string]: string } | undefined;
}

/** The options of spark-submit as one text, which services that run it take apart as a shell does; '' where there are none. */
export function submitParameters(options: SubmitOptions): string {
  const { mainClass, pyFiles = [], files = [], jars = [], archives: packed = [], conf = {} } = options;
  const list = (option: string, names: readonly string[]) =>
    names.length > 0 ? [option, names.map(located).join(',')] : [];
  return [
    ...(mainClass === undefined ? [] : ['--class', mainClass]),
    ...list('--py-files', pyFiles),
    ...list('--files', files),
    ...list('--jars', jars),
    ...(packed.length > 0 ? ['--archives', packed.join(',')] : []),
    ...Object.entries(conf).flatMap(([property, value]) => ['--conf', `${property}=${value}`]),
  ]
    .map((word) => (/[\s"'\\]/.test(word) ? `"${word.replace(/["\\]/g, '\\$&')}"` : word))
    .join(' ');
}
