/**
 * The Spark of Glue's versions that has its like on this machine.
 * @see https://docs.aws.amazon.com/glue/latest/dg/release-notes.html
 */
export const GLUE_SPARK: { readonly [version: string]: string } = { '5.0': '3.5.4', '5.1': '3.5.6' };
