import { spawnSync } from 'node:child_process';

/** Whether `python3` is there and imports all of these modules. */
export function pythonHas(...modules: readonly string[]): boolean {
  return spawnSync('python3', ['-c', `import ${modules.join()}`], { stdio: 'ignore' }).status === 0;
}
