/** Whose numbers and names are taken out of what is kept. */
export interface Whose {
  readonly account: string;
  /** The caller's ARN. */
  readonly arn: string;
}

/**
 * A value as it may be published: account numbers, the caller's name, access keys and signatures are taken out of its texts and of its
 * keys. What is in it stays as it was.
 * @example
 * blanked({ Arn: 'arn:aws:iam::111122223333:role/x' }, { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/me' })
 * // { Arn: 'arn:aws:iam::<account>:role/x' }
 */
export function blanked<T>(value: T, whose: Whose): T {
  const text = JSON.stringify(value, (_key, item: unknown) => (item instanceof Uint8Array ? '<bytes>' : item));
  return text === undefined ? value : (JSON.parse(blankedText(text, whose)) as T);
}

export function blankedText(text: string, { account, arn }: Whose): string {
  const own = arn.slice(arn.lastIndexOf(':') + 1);
  const names = [own, own.slice(own.lastIndexOf('/') + 1)].filter(
    (name) => name.length > 3 && !name.startsWith('root'),
  );
  let out = text;
  for (const name of names) out = out.replaceAll(JSON.stringify(name).slice(1, -1), '<caller>');
  return out
    .replaceAll(account, '<account>')
    .replace(/(arn:aws[\w-]*:[\w-]*:[\w-]*:)\d{12}(?=[:"\\/]|$)/g, '$1<account>')
    .replace(/\b(AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\b/g, '<key>')
    .replace(/(X-Amz-(?:Signature|Security-Token|Credential)=)[^&"\\\s]+/g, '$1<signature>');
}
