import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DeleteStateMachineAliasCommand,
  DeleteStateMachineCommand,
  DeleteStateMachineVersionCommand,
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ListStateMachineAliasesCommand,
  ListStateMachinesCommand,
  ListStateMachineVersionsCommand,
  ListTagsForResourceCommand,
  PublishStateMachineVersionCommand,
  StartExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { machine, PASS, ROLE, refused, startServer, until, WAIT } from './support.ts';

let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function create(name: string, definition = PASS, more = {}): Promise<string> {
  const made = await server.sfn.send(new CreateStateMachineCommand({ name, definition, roleArn: ROLE, ...more }));
  return made.stateMachineArn as string;
}

describe('placeholders that nobody filled in', () => {
  const ARN = 'arn:aws:states:::sns:publish';
  const given = { TopicArn: '${topic}', Message: 'for ${you} and #{nobody}' };
  const task = (fields: object) => ({ Type: 'Task', Resource: ARN, Arguments: given, End: true, ...fields });
  const of = (state: object) => JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'a', States: { a: state } });

  test.each([
    ['a Resource', task({ Resource: '${fn}', Arguments: {} }), '/States/a/Resource'],
    ['a part of one', task({ Resource: 'arn:aws:lambda:us-east-1:${account}:function:f' }), '/States/a/Resource'],
    ['a role', task({ Credentials: { RoleArn: 'arn:aws:iam::${account}:role/r' } }), '/States/a/Credentials/RoleArn'],
    [
      'a connection, in a branch',
      {
        Type: 'Parallel',
        End: true,
        Branches: [
          {
            StartAt: 'b',
            States: {
              b: task({
                Resource: 'arn:aws:states:::http:invoke',
                Arguments: { ApiEndpoint: 'https://x', Method: 'GET', Authentication: { ConnectionArn: '${bank}' } },
              }),
            },
          },
        ],
      },
      '/States/a/Branches[0]/States/b/Arguments/Authentication/ConnectionArn',
    ],
  ])('%s is refused, on a change as well', async (_, state, location) => {
    const [name, said] = await refused(create('unfilled', of(state)));
    expect([name, said]).toEqual(['InvalidDefinition', expect.stringContaining(`at ${location}`)]);
    const stateMachineArn = await create('filled');
    const update = new UpdateStateMachineCommand({ stateMachineArn, definition: of(state) });
    expect(await refused(server.sfn.send(update))).toEqual(['InvalidDefinition', said]);
  });

  test('elsewhere they are texts, and it is said', async () => {
    const said: string[] = [];
    const { sfn, stop } = await startServer({ onStatus: (text) => said.push(text) });
    const definition = of(task({}));
    await sfn.send(new CreateStateMachineCommand({ name: 'texts', definition, roleArn: ROLE }));
    expect(said.filter((one) => one.startsWith('warning'))).toEqual([
      expect.stringMatching(
        /^warning SIM026 {2}The definition of texts has placeholders .*: \$\{topic\}, \$\{you\}\. /,
      ),
    ]);
    await stop();
  });
});

describe('a machine', () => {
  test('is created once: the same request is the same machine, another one is refused', async () => {
    const { sfn } = server;
    const arn = await create('once', PASS, { tags: [{ key: 'a', value: '1' }] });
    expect(await create('once', PASS, { roleArn: `${ROLE}2`, tags: [] })).toBe(arn);
    expect(await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arn }))).toMatchObject({ roleArn: ROLE });
    expect(await refused(create('once', WAIT))).toEqual([
      'StateMachineAlreadyExists',
      `State Machine Already Exists: '${arn}'`,
    ]);
    expect(await refused(create('once', PASS, { type: 'EXPRESS' }))).toMatchObject(['StateMachineAlreadyExists', {}]);
    expect(await refused(create('once', PASS, { tracingConfiguration: { enabled: true } }))).toMatchObject([
      'StateMachineAlreadyExists',
      {},
    ]);
    expect(await refused(create('once', PASS, { publish: true }))).toMatchObject(['ConflictException', {}]);
  });

  test('is published with its creation', async () => {
    const { sfn } = server;
    const request = { name: 'published', definition: PASS, roleArn: ROLE, publish: true, versionDescription: 'first' };
    const made = await sfn.send(new CreateStateMachineCommand(request));
    expect(made.stateMachineVersionArn).toBe(`${made.stateMachineArn}:1`);
    expect(await sfn.send(new CreateStateMachineCommand(request))).toMatchObject({
      stateMachineVersionArn: made.stateMachineVersionArn,
      creationDate: made.creationDate,
    });
    const version = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: made.stateMachineVersionArn }));
    expect(version).toMatchObject({ stateMachineArn: made.stateMachineVersionArn, description: 'first' });
    expect(await refused(create('nothing', PASS, { versionDescription: 'of what?' }))).toEqual([
      'ValidationException',
      'Version description can only be set when publish is true',
    ]);
  });

  test('is described with everything that it was made with', async () => {
    const destinations = [
      { cloudWatchLogsLogGroup: { logGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:x:*' } },
    ];
    const definition = machine({
      A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' },
      B: { Type: 'Pass', Parameters: { 'y.$': '$x' }, End: true },
    });
    const arn = await create('whole', definition, {
      loggingConfiguration: { level: 'ALL', destinations },
      tracingConfiguration: { enabled: true },
      encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: 'k' },
    });
    const described = await server.sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
    const { $metadata, creationDate, ...rest } = described;
    expect(creationDate).toBeInstanceOf(Date);
    expect(rest).toEqual({
      stateMachineArn: arn,
      name: 'whole',
      status: 'ACTIVE',
      type: 'STANDARD',
      definition,
      roleArn: ROLE,
      loggingConfiguration: { level: 'ALL', includeExecutionData: false, destinations },
      tracingConfiguration: { enabled: true },
      encryptionConfiguration: {
        type: 'CUSTOMER_MANAGED_KMS_KEY',
        kmsKeyId: 'k',
        kmsDataKeyReusePeriodSeconds: 300,
      },
      variableReferences: { B: ['x'] },
    });
    const metadata = new DescribeStateMachineCommand({ stateMachineArn: arn, includedData: 'METADATA_ONLY' });
    expect((await server.sfn.send(metadata)).definition).toBe('{}');
    expect(await refused(create('logless', PASS, { loggingConfiguration: { level: 'ALL' } }))).toEqual([
      'InvalidLoggingConfiguration',
      'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    ]);
    expect(
      await refused(create('keyless', PASS, { encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY' } })),
    ).toMatchObject(['InvalidEncryptionConfiguration', {}]);
  });

  test('with a broken definition is refused with every error and its place', async () => {
    const [name, message] = await refused(
      create('broken', machine({ A: { Type: 'Pass', Next: 'Nowhere' }, B: { Type: 'Sleep' } })),
    );
    expect(name).toBe('InvalidDefinition');
    expect(message).toMatch(/^Invalid State Machine Definition: '/);
    expect(message).toContain('MISSING_TRANSITION_TARGET: ');
    expect(message).toContain('at /States/A/Next');
    expect(message).toContain('/States/B');
    expect((await refused(create('text', '{')))[1]).toContain('INVALID_JSON_DESCRIPTION');
    const express = machine({
      A: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { 'MessageBody.$': '$$.Task.Token', QueueUrl: 'q' },
        End: true,
      },
    });
    expect(await refused(create('express', express, { type: 'EXPRESS' }))).toMatchObject(['InvalidDefinition', {}]);
    for (const bad of ['a b', 'a/b', 'a:b', 'ä\u0007']) {
      expect(await refused(create(bad))).toEqual(['InvalidName', `Invalid Name: '${bad}'`]);
    }
  });

  test('is updated to new revisions; executions keep theirs', async () => {
    const { sfn } = server;
    const arn = await create('updated', WAIT);
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn: arn }));
    const first = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
    expect(first.revisionId).toBeUndefined();
    const updated = await sfn.send(
      new UpdateStateMachineCommand({ stateMachineArn: arn, definition: PASS, publish: true, versionDescription: 'v' }),
    );
    expect(updated).toMatchObject({ stateMachineVersionArn: `${arn}:1`, updateDate: expect.any(Date) });
    const second = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
    expect(second).toMatchObject({ definition: PASS, revisionId: updated.revisionId, roleArn: ROLE });
    const same = await sfn.send(new UpdateStateMachineCommand({ stateMachineArn: arn, definition: PASS }));
    expect(same.revisionId).toBe(updated.revisionId);
    expect(same.stateMachineVersionArn).toBeUndefined();
    const of = await sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect(of).toMatchObject({ definition: WAIT, stateMachineArn: arn, name: 'updated', updateDate: expect.any(Date) });
    expect(of.revisionId).toBeUndefined();
    expect(await refused(sfn.send(new UpdateStateMachineCommand({ stateMachineArn: arn })))).toMatchObject([
      'MissingRequiredParameter',
      {},
    ]);
    const other = new UpdateStateMachineCommand({ stateMachineArn: `${arn}none`, definition: PASS });
    expect(await refused(sfn.send(other))).toEqual([
      'StateMachineDoesNotExist',
      `State Machine Does Not Exist: '${arn}none'`,
    ]);
  });

  test('is deleted with its versions and aliases; its executions are aborted and still known', async () => {
    const { sfn } = server;
    const arn = await create('deleted', WAIT, { publish: true });
    await sfn.send(
      new CreateStateMachineAliasCommand({
        name: 'A',
        routingConfiguration: [{ stateMachineVersionArn: `${arn}:1`, weight: 100 }],
      }),
    );
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn: `${arn}:A` }));
    await sfn.send(new DeleteStateMachineCommand({ stateMachineArn: arn }));
    await until(
      () =>
        sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arn })).then(
          () => '',
          ({ name }) => name,
        ),
      (name) => name === 'StateMachineDoesNotExist',
    );
    expect(await sfn.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'ABORTED',
      redriveStatus: 'NOT_REDRIVABLE',
    });
    expect(
      await refused(sfn.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn: `${arn}:A` }))),
    ).toMatchObject(['ResourceNotFound', {}]);
    await sfn.send(new DeleteStateMachineCommand({ stateMachineArn: arn }));
    expect(await create('deleted', PASS)).toBe(arn);
    const { stateMachineVersions } = await sfn.send(new ListStateMachineVersionsCommand({ stateMachineArn: arn }));
    expect(stateMachineVersions).toEqual([]);
  });

  test('is listed by name, page by page', async () => {
    const { sfn } = server;
    for (const name of ['p3', 'p1', 'p2']) await create(name);
    const names: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const answer = await sfn.send(new ListStateMachinesCommand({ maxResults: 2, nextToken }));
      expect(answer.stateMachines?.length).toBeLessThanOrEqual(2);
      names.push(...(answer.stateMachines ?? []).map(({ name }) => name));
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
    expect(names).toEqual([...names].sort());
    expect(names.filter((name) => /^p\d$/.test(name as string))).toEqual(['p1', 'p2', 'p3']);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('versions and aliases', () => {
  test('a revision is published once, and only if it is the one that is meant', async () => {
    const { sfn } = server;
    const stateMachineArn = await create('versions');
    const publish = (more = {}) => sfn.send(new PublishStateMachineVersionCommand({ stateMachineArn, ...more }));
    const one = await publish({ revisionId: 'INITIAL', description: 'one' });
    expect(one.stateMachineVersionArn).toBe(`${stateMachineArn}:1`);
    expect((await publish()).stateMachineVersionArn).toBe(one.stateMachineVersionArn);
    const { revisionId } = await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: WAIT }));
    expect(await refused(publish({ revisionId: 'INITIAL' }))).toEqual([
      'ConflictException',
      `Failed to publish the State Machine version for revision INITIAL. The current State Machine revision is ${revisionId}.`,
    ]);
    expect((await publish({ revisionId })).stateMachineVersionArn).toBe(`${stateMachineArn}:2`);
    const listed = await sfn.send(new ListStateMachineVersionsCommand({ stateMachineArn, maxResults: 1 }));
    expect(listed.stateMachineVersions?.map((one) => one.stateMachineVersionArn)).toEqual([`${stateMachineArn}:2`]);
    const rest = await sfn.send(new ListStateMachineVersionsCommand({ stateMachineArn, nextToken: listed.nextToken }));
    expect(rest.stateMachineVersions?.map((one) => one.stateMachineVersionArn)).toEqual([`${stateMachineArn}:1`]);
    expect(rest.nextToken).toBeUndefined();
  });

  test('an alias leads to its versions, and keeps them from being deleted', async () => {
    const { sfn } = server;
    const stateMachineArn = await create('aliased', PASS, { publish: true });
    await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: WAIT, publish: true }));
    const [one, two] = [`${stateMachineArn}:1`, `${stateMachineArn}:2`];
    const request = {
      name: 'LIVE',
      description: 'd',
      routingConfiguration: [{ stateMachineVersionArn: one, weight: 100 }],
    };
    const made = await sfn.send(new CreateStateMachineAliasCommand(request));
    expect(made.stateMachineAliasArn).toBe(`${stateMachineArn}:LIVE`);
    expect(await sfn.send(new CreateStateMachineAliasCommand(request))).toMatchObject({
      creationDate: made.creationDate,
    });
    const stateMachineAliasArn = made.stateMachineAliasArn;
    expect(
      await refused(sfn.send(new CreateStateMachineAliasCommand({ ...request, description: 'other' }))),
    ).toMatchObject(['ConflictException', {}]);
    expect(await refused(sfn.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: one })))).toEqual([
      'ConflictException',
      'Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [LIVE]',
    ]);
    const both = [
      { stateMachineVersionArn: one, weight: 10 },
      { stateMachineVersionArn: two, weight: 90 },
    ];
    await sfn.send(new UpdateStateMachineAliasCommand({ stateMachineAliasArn, routingConfiguration: both }));
    const described = await sfn.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn }));
    expect(described).toMatchObject({
      name: 'LIVE',
      description: 'd',
      routingConfiguration: both,
      stateMachineAliasArn,
    });
    const listed = await sfn.send(new ListStateMachineAliasesCommand({ stateMachineArn: two }));
    expect(listed.stateMachineAliases?.map((alias) => alias.stateMachineAliasArn)).toEqual([stateMachineAliasArn]);
    await sfn.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn }));
    await sfn.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: one }));
    await sfn.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: one }));
    expect(await refused(sfn.send(new StartExecutionCommand({ stateMachineArn: one })))).toMatchObject([
      'StateMachineDoesNotExist',
      {},
    ]);
    expect(await refused(sfn.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn })))).toMatchObject([
      'ResourceNotFound',
      {},
    ]);
  });

  test.each([
    ['weights that do not add up', [60, 30], 'Sum of routing configuration weights must equal 100. Received: [60,30]'],
    ['one version twice', [50, 50, 'same'], 'Routing configuration must contain distinct state machine version ARNs.'],
    ['no version', [100, 'machine'], 'Routing configuration must contain state machine version ARNs.'],
  ])('an alias with %s is refused', async (what, [first, second, how], message) => {
    const arn = await create(what.replaceAll(' ', '-'), PASS, { publish: true });
    await server.sfn.send(new UpdateStateMachineCommand({ stateMachineArn: arn, definition: WAIT, publish: true }));
    const routingConfiguration =
      second === 'machine'
        ? [{ stateMachineVersionArn: arn, weight: first as number }]
        : [
            { stateMachineVersionArn: `${arn}:1`, weight: first as number },
            { stateMachineVersionArn: `${arn}:${how === 'same' ? 1 : 2}`, weight: second as number },
          ];
    const [name, text] = await refused(
      server.sfn.send(new CreateStateMachineAliasCommand({ name: 'X', routingConfiguration })),
    );
    expect(name).toBe('ValidationException');
    expect(text).toContain(message);
  });

  test('chance decides between the versions of an alias, by weight', async () => {
    const chances = [0.05, 0.2, 0.099, 0.1];
    let next: number | undefined;
    const other = await startServer({ random: () => next ?? Math.random() });
    try {
      const { sfn } = other;
      const made = await sfn.send(
        new CreateStateMachineCommand({ name: 'm', definition: PASS, roleArn: ROLE, publish: true }),
      );
      const stateMachineArn = made.stateMachineArn as string;
      await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: WAIT, publish: true }));
      await sfn.send(
        new CreateStateMachineAliasCommand({
          name: 'A',
          routingConfiguration: [
            { stateMachineVersionArn: `${stateMachineArn}:1`, weight: 10 },
            { stateMachineVersionArn: `${stateMachineArn}:2`, weight: 90 },
          ],
        }),
      );
      const taken: (string | undefined)[] = [];
      for (const [i, chance] of chances.entries()) {
        next = chance;
        const { executionArn } = await sfn.send(
          new StartExecutionCommand({ stateMachineArn: `${stateMachineArn}:A`, name: `e${i}` }),
        );
        next = undefined;
        taken.push((await sfn.send(new DescribeExecutionCommand({ executionArn }))).stateMachineVersionArn?.slice(-1));
      }
      expect(taken).toEqual(['1', '2', '1', '2']);
    } finally {
      await other.stop();
    }
  });
});

test('tags are set, replaced and taken away', async () => {
  const { sfn } = server;
  const resourceArn = await create('tagged', PASS, { tags: [{ key: 'a', value: '1' }] });
  await sfn.send(
    new TagResourceCommand({
      resourceArn,
      tags: [
        { key: 'a', value: '2' },
        { key: 'b', value: '' },
      ],
    }),
  );
  const tags = async () => (await sfn.send(new ListTagsForResourceCommand({ resourceArn }))).tags;
  expect(await tags()).toEqual([
    { key: 'a', value: '2' },
    { key: 'b', value: '' },
  ]);
  await sfn.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a', 'z'] }));
  expect(await tags()).toEqual([{ key: 'b', value: '' }]);
  const many = Array.from({ length: 50 }, (_, i) => ({ key: `k${i}`, value: 'v' }));
  expect(await refused(sfn.send(new TagResourceCommand({ resourceArn, tags: many })))).toMatchObject([
    'TooManyTags',
    {},
  ]);
  expect(await refused(sfn.send(new ListTagsForResourceCommand({ resourceArn: `${resourceArn}x` })))).toEqual([
    'ResourceNotFound',
    `Resource not found: '${resourceArn}x'`,
  ]);
});

test('a definition is validated with severity, code, message and place', async () => {
  const { sfn } = server;
  const definition = machine({
    A: { Type: 'Pass', Parameters: { x: '$.y' }, Next: 'B' },
    B: { Type: 'Wait', Seconds: 1, Next: 'C' },
  });
  const validate = (more = {}) => sfn.send(new ValidateStateMachineDefinitionCommand({ definition, ...more }));
  const errors = await validate();
  expect(errors).toMatchObject({ result: 'FAIL', truncated: false });
  expect(errors.diagnostics?.map(({ severity }) => severity)).not.toContain('WARNING');
  expect(errors.diagnostics).toContainEqual({
    severity: 'ERROR',
    code: 'MISSING_TRANSITION_TARGET',
    message: expect.stringContaining('C'),
    location: '/States/B/Next',
  });
  const all = await validate({ severity: 'WARNING' });
  expect(all.diagnostics?.map(({ severity }) => severity)).toContain('WARNING');
  const one = await validate({ severity: 'WARNING', maxResults: 1 });
  expect(one).toMatchObject({ truncated: true, diagnostics: [{}] });
  expect(await sfn.send(new ValidateStateMachineDefinitionCommand({ definition: PASS }))).toMatchObject({
    result: 'OK',
    diagnostics: [],
  });
});
