import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { failureLine } from '../told.ts';
import { makeDirectory, readIfAny, replaceFile } from './files.ts';
import type { PlannedRun } from './plan.ts';

/**
 * failures/NAME.json beside a plan: why the run's last attempt failed, and where, for whoever gathers the sweep.
 * It is gone once the run is tried again. A run's own directory is left as the failure left it.
 */
const folderName = 'failures';

const failureSchema = z.object({ error: z.string(), host: z.string(), at: z.string() });
export type Failure = z.infer<typeof failureSchema>;

const pathOf = (planFolder: string, { name }: PlannedRun) => join(planFolder, folderName, `${name}.json`);

export async function noteFailure(planFolder: string, run: PlannedRun, thrown: unknown): Promise<void> {
  const failure: Failure = {
    error: failureLine(thrown),
    host: hostname(),
    at: new Date().toISOString(),
  };
  // Where nothing can be written, what was thrown says so on the terminal.
  await makeDirectory(join(planFolder, folderName))
    .then(() => replaceFile(pathOf(planFolder, run), `${JSON.stringify(failure)}\n`))
    .catch(() => undefined);
}

export async function forgetFailure(planFolder: string, run: PlannedRun): Promise<void> {
  await rm(pathOf(planFolder, run), { force: true });
}

/** Null where the last attempt did not fail. */
export async function readFailure(planFolder: string, run: PlannedRun): Promise<Failure | null> {
  const bytes = await readIfAny(pathOf(planFolder, run));
  if (!bytes) return null;
  try {
    return failureSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}
