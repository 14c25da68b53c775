/**
 * Why IAM would refuse a text as a resource of a policy; undefined where it takes it. Placeholders stand for what may stand in their place.
 * @example resourceFault('crawler') // 'It is no ARN.'
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function resourceFault(text: string): string | undefined {
  if (text === '*') return undefined;
  const whole = /^\$\{\w+\}/.exec(text)?.[0];
  // A whole ARN that deploy knows, and what lies below it.
  if (whole !== undefined) return undefined;
  if (!text.startsWith('arn:')) return 'It is no ARN';
  const [, partition = '', service = '', region = '', account = '', ...rest] = text.split(':');
  const resource = rest.join(':');
  if (rest.length === 0 || resource === '') return 'It has less than the six parts of an ARN';
  if (!PARTITION.test(partition)) return `Its partition is "${partition}"`;
  if (!/^[a-z0-9-]+$/.test(service)) return `Its service is "${service}", and a policy must name one`;
  if (!/^(?:[a-z0-9-]|[*?]|\$\{\w+\})*$/.test(region)) return `Its region is "${region}"`;
  if (!/^(?:[0-9]|[*?]|aws|\$\{\w+\})*$/.test(account)) return `Its account is "${account}"`;
  if (service === 'iam' && region !== '') return 'Resources of IAM are in no region';
  if (service === 'kms' && resource.startsWith('key/alias/')) return 'A key is wanted, and an alias is none';
  if (/(?:^|[:/])arn:[\w$*{}-]*:/.test(resource)) return 'It has an ARN within an ARN';
  return undefined;
}

const PARTITION = /^(?:aws[a-z0-9-]*|\*|\$\{\w+\})$/;
