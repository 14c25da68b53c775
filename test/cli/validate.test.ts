import { mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { register } from '../../cli/validate.ts';
import { Stop } from '../../diagnostics/index.ts';

const good = '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}';
const bad =
  '{\n  "StartAt": "A",\n  "States": {\n    "A": { "Type": "Pass", "Next": "Bee" },\n    "B": { "Type": "Succeed" }\n  }\n}';

let printed = '';
let folder = '';

beforeEach(() => {
  printed = '';
  folder = mkdtempSync(join(tmpdir(), 'dagwright-validate-'));
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
});

async function run(...args: string[]): Promise<void> {
  const program = new Command();
  register(program);
  await program.parseAsync(['validate', ...args], { from: 'user' });
}
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('dagwright validate', () => {
  it('says that a definition is valid', async () => {
    const path = file('good.json', good);
    await run(path);
    expect(printed).toBe(`${path}: valid\n`);
    expect(process.exitCode).toBeUndefined();
  });

  it('groups findings by file, each with its code, place, frame, message and remedy; exit code 1', async () => {
    const path = file('bad.json', bad);
    await run(file('good.json', good), path);
    expect(printed).toContain(`${path}: 2 errors\n`);
    expect(printed).toContain(
      [
        `error ASL020 ${path}:4:36 /States/A/Next`,
        '  3 │   "States": {',
        '  4 │     "A": { "Type": "Pass", "Next": "Bee" },',
        '    │                                    ^',
        '  Next names "Bee", and there is no such state.',
        '  Add the state, or name one that exists.',
      ].join('\n'),
    );
    expect(process.exitCode).toBe(1);
  });

  it('prints JSON of the agreed form', async () => {
    const path = file('bad.json', bad);
    await run('--json', path);
    expect(JSON.parse(printed)).toEqual([
      {
        file: path,
        ok: false,
        diagnostics: [
          {
            code: 'ASL020',
            severity: 'error',
            path: '/States/A/Next',
            line: 4,
            column: 36,
            message: expect.any(String),
            aws: { code: 'MISSING_TRANSITION_TARGET', location: '/States/A/Next' },
          },
          {
            code: 'ASL021',
            severity: 'error',
            path: '/States/B',
            line: 5,
            column: 5,
            message: expect.any(String),
            aws: { code: 'MISSING_TRANSITION_TARGET', location: '/States/B' },
          },
        ],
      },
    ]);
    expect(process.exitCode).toBe(1);
  });

  it('is ok with a warning', async () => {
    const warned = good.replace('"Pass",', '"Pass","Parameters":{"a":"$.b"},');
    await run('--json', file('warned.json', warned));
    expect(JSON.parse(printed)).toMatchObject([{ ok: true, diagnostics: [{ code: 'ASL050', severity: 'warning' }] }]);
    expect(process.exitCode).toBeUndefined();
  });

  it('reads standard input', async () => {
    const stdin = Object.getOwnPropertyDescriptor(process, 'stdin')!;
    Object.defineProperty(process, 'stdin', { value: Readable.from([good]), configurable: true });
    try {
      await run('-', '--json');
    } finally {
      Object.defineProperty(process, 'stdin', stdin);
    }
    expect(JSON.parse(printed)).toEqual([{ file: '-', ok: true, diagnostics: [] }]);
  });

  it('checks for Express', async () => {
    const wait =
      '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::glue:startJobRun.sync","Parameters":{"JobName":"j"},"End":true}}}';
    await run('--json', '--express', file('wait.json', wait));
    expect(JSON.parse(printed)).toMatchObject([{ ok: false, diagnostics: [{ code: 'ASL090' }] }]);
  });

  it('says of every file that cannot be read why, and prints nothing else', async () => {
    const missing = [join(folder, 'no.json'), folder];
    const stop = await run(file('good.json', good), ...missing).catch((error: unknown) => error as Stop);
    expect(stop).toBeInstanceOf(Stop);
    expect((stop as Stop).diagnostics.map(({ message }) => message)).toEqual([
      `Cannot read ${missing[0]}: there is no such file.`,
      `Cannot read ${missing[1]}: it is a folder; name its files, as folder/*.asl.json.`,
    ]);
    expect((stop as Stop).exitCode).toBe(1);
    expect(printed).toBe('');
  });

  it('shows the part of a long line that the place is in', async () => {
    const long = file(
      'long.json',
      `{"Comment":"${'x'.repeat(5_000)}","StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Foo":1}}}`,
    );
    await run(long);
    const [, , , shown, caret] = printed.split('\n');
    expect(shown!.length).toBeLessThan(120);
    expect(shown!.slice(caret!.indexOf('^'))).toMatch(/^"Foo":1/);
  });

  it('sums up several files', async () => {
    await run(file('good.json', good), file('bad.json', bad), file('also.json', good));
    expect(printed).toMatch(/\n\n3 files: 2 valid, 1 not \(2 errors\)\n$/);
  });

  it('reads YAML by the name of the file', async () => {
    const path = file('machine.asl.yaml', 'StartAt: A\nStates:\n  A: {Type: Pass, Next: Bee}\n');
    await run(path);
    expect(printed).toContain(
      `error ASL020 ${path}:3:25 /States/A/Next\n  2 │ States:\n  3 │   A: {Type: Pass, Next: Bee}\n`,
    );
    expect(process.exitCode).toBe(1);
  });

  it('checks a template, and the files that it names from its own folder, each once', async () => {
    mkdirSync(join(folder, 'machines'));
    const named = file('machines/m.asl.json', bad);
    const template = file(
      'template.yaml',
      [
        'Resources:',
        '  M:',
        '    Type: AWS::Serverless::StateMachine',
        '    Properties: {DefinitionUri: machines/m.asl.json}',
        '  N:',
        '    Type: AWS::Serverless::StateMachine',
        '    Properties: {DefinitionUri: machines/m.asl.json, Type: EXPRESS}',
        '  Lost:',
        '    Type: AWS::Serverless::StateMachine',
        '    Properties: {DefinitionUri: machines/lost.asl.json}',
      ].join('\n'),
    );
    await run('--json', template, named);
    expect(JSON.parse(printed)).toEqual([
      {
        file: template,
        ok: false,
        machines: ['M', 'N', 'Lost'],
        diagnostics: [
          {
            code: 'ASL105',
            severity: 'error',
            machine: 'Lost',
            path: '',
            line: 10,
            column: 33,
            message: expect.stringContaining('lost.asl.json: there is no such file.'),
            aws: expect.anything(),
          },
        ],
      },
      {
        file: named,
        ok: false,
        diagnostics: [expect.objectContaining({ code: 'ASL020' }), expect.objectContaining({ code: 'ASL021' })],
      },
    ]);
    expect(process.exitCode).toBe(1);
  });

  it('says which machines of a template are valid', async () => {
    const path = file('plan.json', JSON.stringify({ name: 'Orders', definition: good }));
    await run(path);
    expect(printed).toBe(`${path}: valid (1 state machine: Orders)\n`);
  });

  it('reads what the name does not say by how it begins', async () => {
    const path = file('stack.template', 'Resources:\n  M: {Type: AWS::Serverless::StateMachine}\n');
    const other = file('stack.json.template', '{"Resources": {"M": {"Type": "AWS::Serverless::StateMachine"}}}');
    const code = file('main.tf', 'resource "aws_sfn_state_machine" "m" {\n  definition = jsonencode(local.m)\n}\n');
    const text = file('m.json.tftpl', good.replace('"End":true', '"End":${end}'));
    await run('--json', path, other, code, text);
    const all = JSON.parse(printed) as { diagnostics: { code: string }[] }[];
    expect(all.map(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual([
      ['ASL108'],
      ['ASL108'],
      ['ASL110'],
      [],
    ]);
  });

  it('says of an empty file, of bytes that are no text, and of a huge file what they are', async () => {
    const huge = file('huge.json', '');
    truncateSync(huge, 100_000_000);
    const latin = join(folder, 'latin.json');
    writeFileSync(latin, Buffer.from('{"Comment": "ä"}', 'latin1'));
    await run('--json', file('empty.json', ''), latin, huge);
    expect(JSON.parse(printed)).toMatchObject([
      { ok: false, diagnostics: [{ code: 'ASL001' }] },
      { ok: false, diagnostics: [{ code: 'ASL007', line: 1, column: 14 }] },
      { ok: false, diagnostics: [{ code: 'ASL003' }] },
    ]);
    expect(printed).toContain('100000000 bytes');
  });

  it('has colours where they are wanted, and none elsewhere', async () => {
    const path = file('bad.json', bad);
    await run(path);
    expect(printed).not.toContain('\u001b[');
    process.env.FORCE_COLOR = '1';
    try {
      await run(path);
    } finally {
      delete process.env.FORCE_COLOR;
    }
    expect(printed).toContain('\u001b[31merror ASL020\u001b[39m');
  });
});
