import { test } from '@playwright/test';

/** Skips the test where something that it needs is not here, and prints why: the reporter keeps the reason to itself. */
export function skipUnless(found: unknown, reason: string): void {
  if (!found) console.log(`Skipped: ${reason}.`);
  test.skip(!found, reason);
}
