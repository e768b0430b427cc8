import { shellWord } from '../commandLine.ts';
import { projectLine, type Submission, type Submitter, sweepCommand } from './submission.ts';

const help = [
  'npm run sweep -- parallel DIR [--jobs N] [--threads 1] [--project PATH]',
  '',
  'Writes DIR/parallel.sh, which does the runs with GNU parallel on this machine, or by ssh on others that share DIR and',
  'the checkout: PARALLEL="--sshloginfile hosts.txt --workdir ." DIR/parallel.sh',
  '',
  '  --jobs N       runs at a time on each machine; by default one a core',
  '  --threads N    of a run',
].join('\n');

/** Milliseconds that runs have to save after Ctrl-C. */
const saveMs = 120_000;

export const parallel: Submitter = {
  help,
  texts: {},
  wholes: ['jobs', 'threads'],
  files: (asked) => [{ path: 'parallel.sh', text: script(asked), executable: true }],
  next: ({ folder }) => [`Start it: ${shellWord(`${folder}/parallel.sh`)}`],
};

function script(asked: Submission): string {
  const last = asked.plan.runs.length - 1;
  // Of GNU parallel: as many as there are cores.
  const jobs = asked.text('jobs') ?? '100%';
  return `#!/bin/bash
# Does the runs of this sweep with GNU parallel, then gathers them. Started again, it does what is not done.
set -uo pipefail
cd "$(dirname "$0")"
${projectLine(asked)}
# Builds the command once, before many processes ask for it.
${sweepCommand} --help > /dev/null || exit
seq 0 ${last} | parallel --quote --jobs ${jobs} --joblog parallel.txt --tag --line-buffer \\
  --termseq TERM,${saveMs},KILL,1000 \\
  ${sweepCommand} run --plan sweep.json --index {} --threads ${asked.whole('threads', 1)}
${sweepCommand} gather .
`;
}
