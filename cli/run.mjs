import { pathToFileURL } from 'node:url';
import { requireNode } from '../scripts/nodeVersion.mjs';
import { fail } from '../scripts/process.mjs';
import { bundleOf } from './bundle.mjs';

/**
 * node cli/run.mjs FILE.ts [ARGUMENTS...]: runs a TypeScript command in this very process, so that signals reach the
 * command itself and its exit code is this one's.
 */
requireNode();
const [entry, ...rest] = process.argv.slice(2);
if (!entry) {
  console.error('usage: node cli/run.mjs FILE.ts [ARGUMENTS...]');
  process.exit(2);
}
const bundle = await bundleOf(entry).catch(fail);
process.argv = [process.argv[0], bundle, ...rest];
// Stacks name the lines of the TypeScript.
process.setSourceMapsEnabled(true);
await import(pathToFileURL(bundle).href);
