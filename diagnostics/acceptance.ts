import { entry } from './diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

/** What the acceptance suite says before it makes anything (`npm run aws:acceptance`). */
export const ACC = {
  ACC001: entry<{ given: string; names: readonly string[]; list: string }>({
    severity: 'error',
    title: 'There is no such check',
    message: ({ given }) => `There is no acceptance check "${given}".`,
    why: '--only takes checks by number or by name.',
    remedy: ({ given, names, list }) => `${didYouMean(given, names)}There are: ${list}.`,
  }),
  ACC002: entry<{ given: string }>({
    severity: 'error',
    title: 'The budget is no amount of money',
    message: ({ given }) => `--budget is "${given}", which is no number of US dollars above 0.`,
    why: 'Nothing is made that may cost more than the budget.',
    remedy: () => 'Write it as in --budget 5 or --budget 0.50.',
  }),
  ACC003: entry<{ budget: string; most: string; checks: readonly string[]; fitting: readonly number[] }>({
    severity: 'error',
    title: 'The budget is too small for the checks',
    message: ({ budget, most, checks }) =>
      `The chosen checks may cost up to ${most}, and the budget is ${budget}: ${checks.join(', ')}.`,
    why: 'What may cost more than the budget is not begun. Nothing was made.',
    remedy: ({ most, fitting }) =>
      fitting.length === 0
        ? `Allow ${most} with --budget: none of the chosen checks fits into it.`
        : `Allow ${most} with --budget, or choose fewer checks: --only ${fitting.join(' ')} fit into the budget.`,
  }),
  ACC004: entry<{ option: string }>({
    severity: 'error',
    title: 'An option is missing',
    message: ({ option }) => `The acceptance suite needs ${option}.`,
    why: 'It says where the suite works; nothing is guessed in an account.',
    remedy: () => 'Start it as `npm run aws:acceptance -- --profile P --region R --bucket B`.',
  }),
  ACC005: entry<{ bucket: string; what: string; region: string }>({
    severity: 'error',
    title: 'The bucket cannot be used',
    message: ({ bucket, what }) => `The bucket ${bucket} ${what}.`,
    why: 'Scripts, records and the suite’s own journal stand in it, beneath dwa-<run>/ and dagwright/dwa-<run>-….',
    remedy: ({ bucket, region }) =>
      `Name a bucket of this account in ${region}, or make it: \`aws s3 mb s3://${bucket} --region ${region}\`.`,
  }),
  ACC006: entry<{ region: string; known: readonly string[] }>({
    severity: 'error',
    title: 'There is no such region',
    message: ({ region }) => `There is no region "${region}", or it cannot be reached from here.`,
    why: 'The endpoints of a service have the region in their names.',
    remedy: ({ region, known }) => `${didYouMean(region, known)}Write it as in --region eu-west-1.`,
  }),
  ACC007: entry<{ question: string }>({
    severity: 'error',
    title: 'Nobody can be asked',
    message: ({ question }) => `"${question}" cannot be asked: standard input is no terminal.`,
    why: 'Nothing is made or removed in an account without a yes.',
    remedy: () => 'Say yes beforehand with --yes.',
  }),
  ACC008: entry<{ given: string }>({
    severity: 'error',
    title: 'That is no name of a run',
    message: ({ given }) => `"${given}" is no name of a run of the acceptance suite.`,
    why: 'What a run made is found by its name, which stands in every name and tag.',
    remedy: () =>
      'Take it from the run’s own output, dwa- and eight digits; without --run all that were left are cleaned.',
  }),
  ACC009: entry<{ left: readonly string[]; run: string }>({
    severity: 'error',
    title: 'Something could not be removed',
    message: ({ left }) => `It is left, or could not be looked for: ${left.join('; ')}.`,
    why: 'It was listed again after everything was removed.',
    remedy: ({ run }) =>
      `Start \`npm run aws:acceptance -- --clean --run ${run} …\` again in a while; what then stays must be removed by hand.`,
  }),
  ACC010: entry<{ detail: string }>({
    severity: 'error',
    title: 'The options are wrong',
    message: ({ detail }) => `The acceptance suite cannot be started so: ${detail.replace(/\.$/, '')}.`,
    why: 'An option that is misunderstood could make what nobody asked for.',
    remedy: () => '`npm run aws:acceptance -- --help` shows the options.',
  }),
  ACC011: entry({
    severity: 'error',
    title: 'The commands are not built',
    message: () => 'There is no build/cli/main.js.',
    why: 'The suite runs the commands as a user does, built.',
    remedy: () => 'Run `npm ci` or `npm run build` in the repository first.',
  }),
};
