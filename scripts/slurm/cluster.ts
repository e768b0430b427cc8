import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, hostname, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installPrograms } from '../installed.ts';

/** Installs Slurm where it is missing. */
export function installSlurm(): void {
  installPrograms(
    ['slurmctld', 'slurmd', 'sbatch', 'squeue', 'scontrol', 'munged', 'mungekey'],
    ['slurmctld', 'slurmd', 'slurm-client', 'munge'],
  );
}

type Daemon = 'munged' | 'slurmctld' | 'slurmd';

/**
 * A Slurm of one node on this machine's loopback, as root and without systemd, with all that it writes in one
 * folder. It shares nothing with a Slurm or munge that is here already.
 */
export class Cluster {
  readonly #folder: string;
  readonly #daemons = new Map<Daemon, ChildProcess>();
  /** For the programs of Slurm. */
  readonly env: NodeJS.ProcessEnv;

  private constructor(folder: string) {
    this.#folder = folder;
    this.env = { ...process.env, SLURM_CONF: this.#path('slurm.conf') };
  }

  static async start(folder: string): Promise<Cluster> {
    const cluster = new Cluster(folder);
    try {
      await cluster.#configure();
      await cluster.#startMunge();
      cluster.startDaemon('slurmctld', '-c');
      cluster.startDaemon('slurmd');
      await until(
        'the node is idle',
        60,
        () => cluster.tell('sinfo', '--noheader', '--format=%T') === 'idle',
      );
      return cluster;
    } catch (thrown) {
      await cluster.stop();
      throw thrown;
    }
  }

  startDaemon(name: 'slurmctld' | 'slurmd', ...options: string[]): void {
    this.#spawn(name, ['-D', '-f', this.#path('slurm.conf'), ...options]);
  }

  /** Ends a daemon at once, as a power failure does. */
  async kill(name: Daemon): Promise<void> {
    const daemon = this.#daemons.get(name);
    if (!daemon) throw new Error(`${name} does not run`);
    const ended = once(daemon, 'exit');
    daemon.kill('SIGKILL');
    await ended;
    this.#daemons.delete(name);
  }

  async stop(): Promise<void> {
    for (const [, daemon] of [...this.#daemons].reverse()) {
      const ended = once(daemon, 'exit');
      daemon.kill('SIGTERM');
      await Promise.race([ended, sleep(10_000, undefined, { ref: false })]);
      if (daemon.exitCode === null && daemon.signalCode === null) daemon.kill('SIGKILL');
    }
    this.#daemons.clear();
  }

  /**
   * What a program of Slurm prints; empty where it fails or tries again and again, as while its daemon is away.
   */
  tell(program: string, ...args: string[]): string {
    const { status, stdout } = spawnSync(program, args, { env: this.env, encoding: 'utf8', timeout: 5000 });
    return status === 0 ? stdout.trim() : '';
  }

  async #configure(): Promise<void> {
    for (const name of ['state', 'spool', 'munge']) mkdirSync(this.#path(name));
    const name = hostname().split('.')[0];
    const [port, nodePort] = [await freePort(), await freePort()];
    const lines = [
      'ClusterName=proof',
      `SlurmctldHost=${name}(127.0.0.1)`,
      `SlurmctldPort=${port}`,
      `SlurmdPort=${nodePort}`,
      'SlurmUser=root',
      'SlurmdUser=root',
      'AuthType=auth/munge',
      `AuthInfo=socket=${this.#path('munge/socket')}`,
      'ProctrackType=proctrack/linuxproc',
      'TaskPlugin=task/none',
      'JobAcctGatherType=jobacct_gather/none',
      'AccountingStorageType=accounting_storage/none',
      'JobCompType=jobcomp/filetxt',
      `JobCompLoc=${this.#path('completed.txt')}`,
      'SelectType=select/cons_tres',
      'SelectTypeParameters=CR_Core',
      'ReturnToService=2',
      'CommunicationParameters=NoCtldInAddrAny,NoInAddrAny',
      `StateSaveLocation=${this.#path('state')}`,
      `SlurmdSpoolDir=${this.#path('spool')}`,
      `SlurmctldPidFile=${this.#path('slurmctld.pid')}`,
      `SlurmdPidFile=${this.#path('slurmd.pid')}`,
      `SlurmctldLogFile=${this.#path('slurmctld.txt')}`,
      `SlurmdLogFile=${this.#path('slurmd.txt')}`,
      `NodeName=${name} NodeAddr=127.0.0.1 CPUs=${cpus().length} RealMemory=${Math.floor(totalmem() / 2 ** 20)}`,
      `PartitionName=all Nodes=${name} Default=YES`,
    ];
    writeFileSync(this.#path('slurm.conf'), `${lines.join('\n')}\n`);
  }

  async #startMunge(): Promise<void> {
    const key = this.#path('munge/key');
    // Its socket must be open to all users, its other files to none.
    chmodSync(this.#folder, 0o711);
    chmodSync(this.#path('munge'), 0o711);
    execFileSync('mungekey', ['--create', `--keyfile=${key}`]);
    const files = {
      'key-file': 'key',
      socket: 'socket',
      'pid-file': 'pid',
      'seed-file': 'seed',
      'log-file': 'log.txt',
    };
    const options = Object.entries(files).map(
      ([option, file]) => `--${option}=${this.#path(`munge/${file}`)}`,
    );
    this.#spawn('munged', ['--foreground', ...options]);
    await until('munge answers', 30, () => existsSync(this.#path('munge/socket')));
  }

  #spawn(name: Daemon, args: readonly string[]): void {
    const output = openSync(this.#path(`${name}.output.txt`), 'a');
    this.#daemons.set(name, spawn(name, args, { env: this.env, stdio: ['ignore', output, output] }));
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

/** Waits for something to be so, and fails after so many seconds. */
export async function until(what: string, seconds: number, isSo: () => boolean): Promise<void> {
  const end = performance.now() + 1000 * seconds;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`after ${seconds} s it is still not so that ${what}`);
    await sleep(250);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
