import {
  type Check,
  type ChecksOf,
  check,
  filled,
  listOf,
  misfit,
  type Permission,
  required,
  type Template,
  template,
  value,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { type Conflict, checkedTemplate, formed, jsonObject, knownText, type OtherNames } from '../checked.ts';
import { ses } from './service.ts';

/** A mail. Addresses are `anna@example.com` or `Anna <anna@example.com>`. */
export interface SendParameters {
  /** The sender: an address that is verified in SES, or of a domain that is. A value of `dag.env` is the address alone, without a name. */
  readonly from: string;
  /** At most 50 recipients in all. */
  readonly to?: string | readonly string[];
  readonly cc?: string | readonly string[];
  readonly bcc?: string | readonly string[];
  /** Where answers go. Default: to the sender. */
  readonly replyTo?: string | readonly string[];
  readonly subject?: string;
  /** The mail as plain text; with `html` what is shown where HTML is not. */
  readonly text?: string;
  readonly html?: string;
  /** The name of a template of SES, in place of subject, text and html. */
  readonly template?: string;
  /** What the template's `{{name}}` stand for. Default `{}`. */
  readonly data?: { readonly [name: string]: unknown };
  /** The configuration set, for its events. */
  readonly configurationSet?: string;
}

export interface SendOutput {
  readonly MessageId: string;
}

/**
 * Sends a mail with SES. The task ends when SES has taken it; bounces and complaints come later, by the events of the configuration set. As
 * long as the account is in SES's sandbox, recipients must be verified, too.
 *
 * @example
 * ```ts
 * dag.task('report', ses.send({ from: 'reports@example.com', to: 'data@example.com', subject: `Ratings of ${dag.logicalDate}`, text: 'They are there.' }));
 * ```
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
export function send(parameters: SendParameters): Template<SendOutput> {
  return checkedTemplate('ses.send', parameters, SEND, made, OTHER_NAMES, together);
}

const address = formed('an address, `anna@example.com` or `Anna <anna@example.com>`', (text) =>
  /^(?:[^<>]*<[^@\s<>]+@[^@\s<>]+>|[^@\s<>,;]+@[^@\s<>,;]+)$/.test(text),
);
const ADDRESSES = 'an address, or a list of them';
const addresses: Check = check(ADDRESSES, (given, where) => {
  if (!Array.isArray(given)) return address(given, where);
  return given.length === 0 ? [misfit(given, where, ADDRESSES)] : listOf(address, ADDRESSES)(given, where);
});
const SEND: ChecksOf<SendParameters> = {
  from: required(address),
  to: addresses,
  cc: addresses,
  bcc: addresses,
  replyTo: addresses,
  subject: filled,
  text: value,
  html: value,
  template: filled,
  data: jsonObject,
  configurationSet: filled,
};

const OTHER_NAMES: OtherNames = {
  source: 'from',
  mailfrom: 'from',
  fromemail: 'from',
  fromemailaddress: 'from',
  sender: 'from',
  recipients: 'to',
  recipient: 'to',
  toaddresses: 'to',
  destination: 'to',
  ccaddresses: 'cc',
  bccaddresses: 'bcc',
  replytoaddresses: 'replyTo',
  htmlcontent: 'html',
  htmlbody: 'html',
  body: 'html',
  message: 'text',
  content: 'text',
  textcontent: 'text',
  templatename: 'template',
  templatedata: 'data',
  configurationsetname: 'configurationSet',
  files:
    "A mail with attachments is `aws({ service: 'sesv2', action: 'sendEmail', … })`: put what is long into S3 and a link to it into the mail.",
  attachments:
    "A mail with attachments is `aws({ service: 'sesv2', action: 'sendEmail', … })`: put what is long into S3 and a link to it into the mail.",
  connid: 'The machine’s role calls SES: leave it out.',
  awsconnid: 'The machine’s role calls SES: leave it out.',
};

/** @see https://docs.aws.amazon.com/ses/latest/dg/quotas.html */
const MOST_RECIPIENTS = 50;

function together(checked: SendParameters): Conflict[] {
  const { to, cc, bcc, subject, text, html, template: name, data: given } = checked;
  const recipients = [to, cc, bcc].flatMap((one) => one ?? []).length;
  const own = Object.entries({ subject, text, html }).flatMap(([field, one]) => (one === undefined ? [] : [field]));
  const found: (Conflict | false)[] = [
    recipients === 0 && { detail: 'there is no recipient', instead: 'Give to, cc or bcc an address.' },
    recipients > MOST_RECIPIENTS && {
      detail: `a mail has at most ${MOST_RECIPIENTS} recipients, and this one has ${recipients}`,
      instead: 'Send several mails, or publish to a topic of SNS to which they subscribe.',
    },
    name !== undefined &&
      own.length > 0 && {
        detail: `the template brings subject and body along, and there is ${own.join(' and ')}`,
        instead: `Leave out template, or ${own.join(' and ')}: what varies goes into data.`,
      },
    name === undefined &&
      given !== undefined && {
        detail: 'data is for a template, and there is none',
        instead: 'Give template, or leave data out.',
      },
    name === undefined &&
      subject === undefined && { detail: 'there is no subject', instead: 'Give subject, or a template that has one.' },
    name === undefined &&
      text === undefined &&
      html === undefined && {
        detail: 'there is neither text nor html',
        instead: 'Give text, html or both, or a template.',
      },
  ];
  return found.filter((one) => one !== false);
}

const RESOURCE = 'arn:aws:states:::aws-sdk:sesv2:sendEmail';

function made(parameters: SendParameters): Template<SendOutput> {
  const { from, to, cc, bcc, replyTo, configurationSet } = parameters;
  return template({
    service: 'ses',
    kind: 'ses.send',
    outputShape: answerShape(RESOURCE, ['MessageId']),
    sample: ses.samples.send,
    charge: ses.prices.send,
    lower: (limits) =>
      callFragment(
        RESOURCE,
        {
          FromEmailAddress: from,
          Destination: {
            ...(to && { ToAddresses: [to].flat() }),
            ...(cc && { CcAddresses: [cc].flat() }),
            ...(bcc && { BccAddresses: [bcc].flat() }),
          },
          ...(replyTo && { ReplyToAddresses: [replyTo].flat() }),
          Content: contentOf(parameters),
          ...(configurationSet !== undefined && { ConfigurationSetName: configurationSet }),
        },
        limits,
      ),
    permissions: () => [],
    conditions: () => ({ 'ses:SendEmail': fromAlone(from) }),
  });
}

function contentOf({ subject, text, html, template: name, data: given = {} }: SendParameters) {
  if (name !== undefined) return { Template: { TemplateName: name, TemplateData: JSON.stringify(given) } };
  return {
    Simple: {
      Subject: { Data: subject },
      Body: {
        ...(text !== undefined && { Text: { Data: text } }),
        ...(html !== undefined && { Html: { Data: html } }),
      },
    },
  };
}

/**
 * Only in this sender's name: whether SES looks for the address or for its domain is decided by what is verified, and in its sandbox it looks
 * for the recipients' as well, so that the resource is any identity.
 * @see https://docs.aws.amazon.com/ses/latest/dg/sending-authorization-policy-examples.html, "Conditions specific to sending authorization"
 */
function fromAlone(from: string): NonNullable<Permission['condition']> {
  const known = knownText(from);
  const alone = known === undefined ? `${from}` : known.replace(/^.*<([^<>]*)>$/, '$1');
  return { StringLike: { 'ses:FromAddress': alone } };
}
