const LOOKS: readonly (readonly [kind: string, looks: RegExp])[] = [
  ['an AWS access key', /\b(AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a GitHub token', /\bgh[pousr]_[A-Za-z0-9]{36}/],
  ['a password in an address', /\b[a-z][a-z0-9+.-]*:\/\/[^/\s:@'"`]+:[^/\s:@'"`]+@/i],
  ['a signed token', /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
];

/** What kind of secret a text is by its looks; undefined if it does not look like one. */
export function secretKind(text: string): string | undefined {
  return LOOKS.find(([, looks]) => looks.test(text))?.[0];
}

/** A text with `•` in place of the characters of what looks like a secret: what people are shown lands in the logs of CI. */
export function withoutSecrets(text: string): string {
  return LOOKS.reduce(
    (shown, [, looks]) => shown.replace(new RegExp(looks, `${looks.flags}g`), (secret) => '•'.repeat(secret.length)),
    text,
  );
}
