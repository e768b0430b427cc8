import { execFileSync, spawnSync } from 'node:child_process';

/**
 * Installs packages of Debian or Ubuntu where programs of theirs are missing.
 * @throws where it cannot
 */
export function installPrograms(programs: readonly string[], packages: readonly string[]): void {
  const missing = programs.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  if (missing.length === 0) return;
  console.log(`Installing ${packages.join(', ')}, for want of ${missing.join(', ')} ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...packages]])
    execFileSync('apt-get', ['--quiet', '--quiet', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}
