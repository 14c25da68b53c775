/**
 * The functions that an expression can call by name: those of JSONata 2.0.6 and those that Step Functions adds. `eval` is one of JSONata's
 * that Step Functions does not have. A variable of such a name hides the function.
 * @see https://docs.jsonata.org/2.0.0/string-functions
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-for-transforming-data
 */
export const BUILT_IN_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl ' +
    'decodeUrlComponent distinct each encodeUrl encodeUrlComponent error eval exists filter floor formatBase ' +
    'formatInteger formatNumber fromMillis hash join keys length lookup lowercase map match max merge millis ' +
    'min not now number pad parse parseInteger partition power random range reduce replace reverse round ' +
    'shuffle sift single sort split spread sqrt string substring substringAfter substringBefore sum toMillis ' +
    'trim type uppercase uuid zip'
  ).split(' '),
);
