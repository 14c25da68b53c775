import { describe, expect, it } from '@jest/globals';
import { validate } from '../../../asl/validate/validate.ts';

/** The facts about what is refused when a definition is made or checked, and what is not. */
type Verdict = 'refused' | 'accepted' | 'warned';

/** Refused there, warned of here: a template may fill the placeholder, and the rest is not recorded as a verdict of the service. */
const WARNED_OF: ReadonlySet<string> = new Set([
  'an expression that is not opened',
  'a Resource with a placeholder left in it',
  'Credentials for an activity',
  'Credentials for an HTTP task',
]);

const machine = (states: object, fields: object = {}) => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(states)[0],
  States: states,
  ...fields,
});
const jsonPath = (states: object) => machine(states, { QueryLanguage: 'JSONPath' });
const pass = (fields: object = {}) => ({ Type: 'Pass', End: true, ...fields });
const task = (fields: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:s3:listBuckets',
  Arguments: {},
  End: true,
  ...fields,
});
const output = (text: string) => machine({ A: pass({ Output: text }) });
const branch = (states: object) => ({ StartAt: Object.keys(states)[0], States: states });
const parallel = (...branches: object[]) => ({ Type: 'Parallel', Branches: branches, End: true });
const map = (processor: object, fields: object = {}) => ({
  Type: 'Map',
  ItemProcessor: processor,
  End: true,
  ...fields,
});
const distributed = (states: object) => ({
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  ...branch(states),
});
const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Z' }];
const Retry = [{ ErrorEquals: ['States.ALL'] }];
const assigned = (name: string) => machine({ A: pass({ Assign: { [name]: 1 } }) });
const sdk = (call: string, fields: object) =>
  machine({ A: task({ Resource: `arn:aws:states:::aws-sdk:${call}`, ...fields }) });

const FACTS: readonly (readonly [what: string, definition: object, verdict: Verdict])[] = [
  ['??', output('{% $x ?? 1 %}'), 'refused'],
  ['?:', output('{% $states.input.x ?: 1 %}'), 'refused'],
  ['a name at the top of an expression', output('{% phone %}'), 'refused'],
  ['a half-open expression', output('{% 1'), 'refused'],
  ['an expression that is not closed, in a list', machine({ A: pass({ Output: { a: ['{% 1 '] } }) }), 'refused'],
  ['an expression that is not opened', output('1 %}'), 'refused'],
  ["a string literal with \\'", output("{% 'it\\'s' %}"), 'refused'],
  ['a variable that is never assigned', output('{% $never %}'), 'accepted'],
  ['a variable that hides a function', assigned('count'), 'warned'],
  ['the reserved name states', assigned('states'), 'refused'],
  ['a name of 80 characters', assigned('x'.repeat(80)), 'accepted'],
  ['a name of 81 characters', assigned('x'.repeat(81)), 'refused'],
  ['a Unicode identifier', assigned('größe_ä1'), 'accepted'],
  ['a name with a hyphen', assigned('a-b'), 'refused'],
  ['a name that begins with a digit', assigned('1a'), 'refused'],
  ['Output null', machine({ A: pass({ Output: null }) }), 'accepted'],
  ['Output a number', machine({ A: pass({ Output: 1.5 }) }), 'accepted'],
  ['one state name in two branches', machine({ P: parallel(branch({ A: pass() }), branch({ A: pass() })) }), 'refused'],
  ['a state named as one outside its branch', machine({ P: parallel(branch({ P: pass() })) }), 'refused'],
  [
    'a state of a processor named as one outside',
    machine({ M: { ...map(branch({ A: pass() })), End: undefined, Next: 'A' }, A: pass() }),
    'refused',
  ],
  [
    'one Map label twice',
    machine({
      M: { ...map(distributed({ A: pass() }), { Label: 'x' }), End: undefined, Next: 'N' },
      N: map(distributed({ B: pass() }), { Label: 'x' }),
    }),
    'refused',
  ],
  [
    'an inner scope that assigns what an outer one assigns',
    machine({
      O: pass({ Assign: { x: 1 }, End: undefined, Next: 'P' }),
      P: parallel(branch({ A: pass({ Assign: { x: 2 } }) })),
    }),
    'refused',
  ],
  [
    'the same in a Map',
    machine({
      O: pass({ Assign: { x: 1 }, End: undefined, Next: 'M' }),
      M: map(branch({ A: pass({ Assign: { x: 2 } }) })),
    }),
    'refused',
  ],
  [
    'two inner scopes that assign one name',
    machine({ P: parallel(branch({ A: pass({ Assign: { x: 1 } }) }), branch({ B: pass({ Assign: { x: 2 } }) })) }),
    'accepted',
  ],
  ...['Pass', 'Wait', 'Succeed', 'Choice'].flatMap((Type): (typeof FACTS)[number][] => {
    const fields = {
      Pass: { End: true },
      Wait: { Seconds: 1, End: true },
      Succeed: {},
      Choice: { Choices: [{ Condition: true, Next: 'Z' }], Default: 'Z' },
    }[Type] as object;
    return [
      [`Catch in ${Type}`, machine({ A: { Type, ...fields, Catch }, Z: pass() }), 'refused'],
      [`Retry in ${Type}`, machine({ A: { Type, ...fields, Retry }, Z: pass() }), 'refused'],
    ];
  }),
  ['Catch in Fail', machine({ A: { Type: 'Fail', Catch } }), 'refused'],
  ['Assign in Fail', machine({ A: { Type: 'Fail', Assign: { x: 1 } } }), 'refused'],
  ...[task(), parallel(branch({ B: pass() })), map(branch({ B: pass() }))].map((state): (typeof FACTS)[number] => [
    `Retry and Catch in ${(state as { Type: string }).Type}`,
    machine({ A: { ...state, Retry, Catch }, Z: pass() }),
    'accepted',
  ]),
  [
    'Comment wherever it may be',
    machine({
      A: {
        Type: 'Choice',
        Comment: 'c',
        Choices: [{ Condition: true, Next: 'P', Comment: 'c' }],
        Default: 'M',
      },
      P: {
        ...parallel({ Comment: 'c', ...branch({ B: pass({ Comment: 'c' }) }) }),
        Retry: [{ ErrorEquals: ['States.ALL'], Comment: 'c' }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'M', Comment: 'c' }],
      },
      M: map({ Comment: 'c', ...branch({ I: pass() }) }, { Comment: 'c' }),
    }),
    'accepted',
  ],
  ['States.ALL beside another', machine({ A: task({ Retry: [{ ErrorEquals: ['States.ALL', 'E'] }] }) }), 'refused'],
  ['States.ALL before another', machine({ A: task({ Retry: [...Retry, { ErrorEquals: ['E'] }] }) }), 'refused'],
  ['States.ALL last', machine({ A: task({ Retry: [{ ErrorEquals: ['E'] }, ...Retry] }) }), 'accepted'],
  ['TimeoutSeconds 0', machine({ A: task({ TimeoutSeconds: 0 }) }), 'refused'],
  ['TimeoutSeconds 1', machine({ A: task({ TimeoutSeconds: 1 }) }), 'accepted'],
  [
    'HeartbeatSeconds as long as the timeout',
    machine({ A: task({ TimeoutSeconds: 5, HeartbeatSeconds: 5 }) }),
    'refused',
  ],
  ['HeartbeatSeconds below the timeout', machine({ A: task({ TimeoutSeconds: 5, HeartbeatSeconds: 4 }) }), 'accepted'],
  ['a Wait of 0 seconds', machine({ A: { Type: 'Wait', Seconds: 0, End: true } }), 'accepted'],
  ['a Wait of 99,999,999 seconds', machine({ A: { Type: 'Wait', Seconds: 99_999_999, End: true } }), 'accepted'],
  ['a Wait of 100,000,000 seconds', machine({ A: { Type: 'Wait', Seconds: 100_000_000, End: true } }), 'refused'],
  ['a Wait of -1 seconds', machine({ A: { Type: 'Wait', Seconds: -1, End: true } }), 'refused'],
  ['sfn, as the Java SDK names it', sdk('sfn:listStateMachines', { Arguments: {} }), 'accepted'],
  ['eventbridge', sdk('eventbridge:listRules', { Arguments: {} }), 'accepted'],
  ['cloudwatchlogs', sdk('cloudwatchlogs:describeLogGroups', { Arguments: {} }), 'accepted'],
  ['stepfunctions', sdk('stepfunctions:listStateMachines', { Arguments: {} }), 'refused'],
  ['logs', sdk('logs:describeLogGroups', { Arguments: {} }), 'refused'],
  ['an action in PascalCase', sdk('sfn:ListStateMachines', { Arguments: {} }), 'refused'],
  [
    'arguments in camelCase',
    sdk('cloudwatchlogs:describeLogGroups', { Arguments: { logGroupNamePrefix: 'x' } }),
    'refused',
  ],
  [
    'arguments in PascalCase',
    sdk('cloudwatchlogs:describeLogGroups', { Arguments: { LogGroupNamePrefix: 'x' } }),
    'accepted',
  ],
  ['an SDK integration without Arguments', sdk('s3:listBuckets', { Arguments: undefined }), 'refused'],
  ['an SDK integration without Parameters', jsonPath({ A: { ...task(), Arguments: undefined } }), 'refused'],
  [
    'a Resource with a placeholder left in it',
    machine({ A: task({ Resource: 'arn:aws:lambda:${region}:1:function:f' }) }),
    'refused',
  ],
  ['an unknown argument', sdk('glue:startJobRun', { Arguments: { JobName: 'j', Nonsense: 1 } }), 'refused'],
  [
    "a literal of a wrong type: a number as Lambda's Payload",
    sdk('lambda:invoke', { Arguments: { FunctionName: 'f', Payload: 1 } }),
    'refused',
  ],
  [
    'an expression in place of the whole Arguments',
    sdk('glue:startJobRun', { Arguments: '{% $states.input %}' }),
    'accepted',
  ],
  [
    'Credentials for a Lambda',
    machine({
      A: {
        ...task(),
        Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f',
        Credentials: { RoleArn: 'arn:aws:iam::123456789012:role/r' },
      },
    }),
    'accepted',
  ],
  [
    'Credentials for an SDK call',
    sdk('s3:listBuckets', { Credentials: { RoleArn: 'arn:aws:iam::123456789012:role/r' } }),
    'accepted',
  ],
  [
    'Credentials for an activity',
    machine({
      A: {
        ...task(),
        Resource: 'arn:aws:states:us-east-1:123456789012:activity:a',
        Credentials: { RoleArn: 'arn:aws:iam::123456789012:role/r' },
      },
    }),
    'refused',
  ],
  [
    'Credentials for an HTTP task',
    machine({
      A: {
        ...task(),
        Resource: 'arn:aws:states:::http:invoke',
        Arguments: {
          ApiEndpoint: 'https://a.b',
          Method: 'GET',
          Authentication: { ConnectionArn: 'arn:aws:events:us-east-1:123456789012:connection/c/d' },
        },
        Credentials: { RoleArn: 'arn:aws:iam::123456789012:role/r' },
      },
    }),
    'refused',
  ],
];

describe('when a definition is made', () => {
  it.each(FACTS)('%s', (what, definition, verdict) => {
    const findings = validate(JSON.stringify(definition));
    const severities = findings.map(({ severity }) => severity);
    const got = severities.includes('error') ? 'refused' : severities.length > 0 ? 'warned' : 'accepted';
    const holds = got === verdict || (got === 'warned' && (verdict === 'accepted' || WARNED_OF.has(what)));
    const said = findings.map(({ code, path, message }) => `${code} ${path} ${message}`).join('\n');
    expect(`${holds ? verdict : got}
${said}`).toBe(`${verdict}
${said}`);
  });
});
