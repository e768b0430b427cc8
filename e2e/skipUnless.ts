import { test } from '@playwright/test';

/** Skips the test where what it needs is not here. Prints why: the reporter keeps the reason to itself. */
export function skipUnless(found: unknown, reason: string): void {
  if (!found) console.log(`Skipped: ${reason}.`);
  test.skip(!found, reason);
}
