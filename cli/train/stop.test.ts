import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readCheckpoint } from '../../src/files/checkpoint.ts';
import { parseRunRecord } from '../../src/record/runRecord.ts';
import { ancestorsUpToNpm } from './npm.ts';
import { startLongRun, train } from './small.fixture.ts';

const root = mkdtempSync(join(tmpdir(), 'stop-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Everything of a stopped run is there, of one and the same step, and its directory is free. */
function expectSaved(out: string) {
  const read = (name: string) => readFileSync(join(out, name));
  const { steps, outcome } = parseRunRecord(read('run.json').toString());
  expect(outcome).toBe('stopped');
  expect(steps).toBeGreaterThan(0);
  expect(read('metrics.jsonl').toString().trim().split('\n')).toHaveLength(steps);
  expect(readCheckpoint(read('checkpoint.safetensors')).snapshot.step).toBe(steps);
  expect(read('traversals.png').length).toBeGreaterThan(0);
  expect(readdirSync(out).filter((name) => /lock|\.new$/.test(name))).toEqual([]);
}

describe('a stop comes after a step, with everything written', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s', async (signal, code) => {
    const out = join(root, signal);
    const { send, trains, ended } = startLongRun(out);
    await trains;
    send(signal);
    expect(await ended).toBe(code);
    expectSaved(out);
  });

  test('nobody reads what it prints, as after | head', async () => {
    const out = join(root, 'pipe');
    const { child, trains, ended, errors } = startLongRun(out);
    await trains;
    child.stdout.destroy();
    expect(await ended).toBe(141);
    expect(errors()).toContain('Nobody reads what is printed');
    expectSaved(out);
  });
});

test.runIf(process.platform !== 'win32')('under nohup it goes on where its terminal is closed', async () => {
  const out = join(root, 'nohup');
  const { send, trains, ended, errors } = startLongRun(out, { _: '/usr/bin/nohup' });
  await trains;
  send('SIGHUP');
  send('SIGTERM');
  expect(await ended).toBe(143);
  expect(errors()).not.toContain('The terminal was closed');
});

test.runIf(process.platform === 'linux')(
  'while it trains nobody else may, and a killed one is no hindrance',
  async () => {
    const out = join(root, 'locked');
    const { send, trains, ended } = startLongRun(out);
    await trains;
    const { failures } = await train(out, '--steps 100000000');
    expect(failures).toMatchObject([{ thrown: { name: 'RunLockedError' } }]);
    send('SIGKILL');
    await ended;
    expect((await train(out, '--steps 3')).failures).toEqual([]);
    expect(readdirSync(out)).not.toContain('run.lock');
  },
);

describe('the npm that started it', () => {
  test.runIf(process.platform === 'linux')('killed, ends it as a closed terminal does', async () => {
    // The part of npm is played by a process whose command says so.
    const out = join(root, 'npm');
    const script = join(root, 'npm.mjs');
    const fixture = join(import.meta.dirname, '..');
    writeFileSync(
      script,
      `import { spawn } from 'node:child_process';
      const child = spawn('sh', ['-c', process.argv.slice(2).join(' ') + '; true'], { stdio: 'inherit' });
      child.on('exit', () => process.exit());`,
    );
    const command = `${process.execPath} ${fixture}/run.mjs ${fixture}/train.ts --preset tiny --engine tfjs-wasm --conv-widths 4_4 --latents 3 --batch-size 4 --steps 100000000 --out ${out}`;
    const npm = spawn(process.execPath, [script, command], {
      env: { ...process.env, npm_lifecycle_event: 'train' },
    });
    const closed = new Promise((done) => npm.on('close', done));
    let errors = '';
    npm.stderr.on('data', (data: Buffer) => {
      errors += data.toString();
    });
    await new Promise<void>((done) =>
      npm.stdout.on('data', (data: Buffer) => {
        if (data.toString().includes('/100000000')) done();
      }),
    );
    npm.kill('SIGKILL');
    // Its output is closed once the last process that it went to has ended.
    await closed;
    expect(errors).toContain('The npm that started this has ended');
    expectSaved(out);
  });

  const chain = (commands: readonly string[]) => ({
    parent: (pid: number) => (pid < commands.length ? pid + 1 : null),
    command: (pid: number) => commands[pid - 1] ?? '',
  });
  test.each<[string, string[], number]>([
    ['is the parent', ['node train', 'npm run train --out x', 'bash'], 1],
    [
      'is behind a shell and the runner',
      ['node train', 'node cli/run.mjs', 'sh -c node', 'npm run train', 'bash'],
      3,
    ],
    [
      'has its script as its command',
      ['node train', 'node /usr/lib/node_modules/npm/bin/npm-cli.js run train'],
      1,
    ],
    ['is another manager', ['node train', 'sh', '/opt/pnpm run train'], 2],
    ['is not there', ['node train', 'bash', 'sshd', 'systemd'], 0],
    ['is only like one', ['node train', 'node /home/npmfan/x.js', 'bash'], 0],
    ['has its name in an option', ['node train', 'node cli/run.mjs --out runs/npm', 'bash'], 0],
  ])('%s', (_, commands, found) => {
    expect(ancestorsUpToNpm(1, chain(commands))).toHaveLength(found);
  });
});
