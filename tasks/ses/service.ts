import type { Service } from '../service.ts';

/**
 * A thousand mails are $0.10, as https://aws.amazon.com/ses/pricing/ is quoted by https://www.acecloudinterviews.com/tutorials/aws/ses/ (read
 * in November 2026); what is attached comes on top.
 */
const PER_RECIPIENT = 0.1 / 1000;

/** Amazon SES, as plain data. */
export const ses = {
  name: 'ses',
  title: 'SES',
  integrations: ['sesv2', 'ses'],
  sdk: 'sesv2',
  // `Reports <reports@example.com>` is sent from reports@example.com.
  iam: [
    {
      prefix: 'ses',
      keyNames: { 'ses:FromAddress': { parameters: ['FromEmailAddress'], part: ['^(?:.*<)?([^<>]*)>?$', '$1'] } },
    },
  ],
  prices: {
    send: {
      what: '$0.10 per thousand recipients',
      least: PER_RECIPIENT,
      source: 'https://aws.amazon.com/ses/pricing/',
      asOf: 'November 2026',
    },
  },
  samples: { send: { MessageId: '010001901234abcd-00000000-0000-4000-8000-000000000000-000000' } },
  otherNames: {
    '^(?:send_?e?mail\\w*|e?mail\\w*|publish|notify)$': "`ses.send({ from, to: '…', subject: '…', text: '…' })`",
  },
} as const satisfies Service;
